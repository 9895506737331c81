/** The header in which the listener names the client's address; one that a client sends is thrown away. */
export const ADDRESS_HEADER = 'x-optimaite-client-address'
