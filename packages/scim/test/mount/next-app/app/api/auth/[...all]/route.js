const answer = async (request) => Response.json({ host: `${request.method} ${new URL(request.url).pathname}` })

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT }
