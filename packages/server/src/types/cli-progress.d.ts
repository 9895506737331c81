/** What this program uses of a package that comes without types. */
declare module 'cli-progress' {
  export class SingleBar {
    constructor(options: {
      readonly format: string
      readonly stream?: NodeJS.WritableStream
      readonly clearOnComplete?: boolean
      readonly hideCursor?: boolean
      readonly barCompleteChar?: string
      readonly barIncompleteChar?: string
    })
    start(total: number, value: number, payload?: Readonly<Record<string, unknown>>): void
    update(value: number, payload?: Readonly<Record<string, unknown>>): void
    stop(): void
  }
}
