/** Jupyter messages on the wire: four JSON parts, signed, behind the addresses they travel by (Jupyter messaging protocol 5.3). */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

export interface Header {
  msg_id: string
  msg_type: string
  session: string
  username: string
  date: string
  version: string
}

// biome-ignore lint/suspicious/noExplicitAny: what a client sends is as the protocol says, or the handler throws
export type Content = Record<string, any>

export interface Message {
  identities: Buffer[]
  header: Header
  content: Content
}

const delimiter = '<IDS|MSG>'
const session = randomUUID()

/** Reads and writes messages under the key of one connection file. An empty key means unsigned. */
export class Wire {
  constructor(private readonly key: string) {}

  private sign(parts: readonly (string | Buffer)[]): string {
    if (this.key === '') return ''
    const hmac = createHmac('sha256', this.key)
    for (const part of parts) hmac.update(part)
    return hmac.digest('hex')
  }

  /** Throws where the message is not one, or its signature is wrong. */
  decode(frames: readonly Buffer[]): Message {
    const at = frames.findIndex(frame => frame.toString() === delimiter)
    if (at < 0 || frames.length < at + 6) throw new Error('a message without its delimiter or its four parts')
    const parts = frames.slice(at + 2, at + 6)
    const given = frames[at + 1]!
    const wanted = Buffer.from(this.sign(frames.slice(at + 2)))
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Error('a message with a wrong signature')
    return {
      identities: frames.slice(0, at),
      header: JSON.parse(parts[0]!.toString()),
      content: JSON.parse(parts[3]!.toString()),
    }
  }

  /** A new message of `type` about the request whose header is `parent`. */
  encode(
    type: string,
    parent: Header | undefined,
    content: object,
    metadata: object,
    identities: readonly Buffer[] = [],
  ): (string | Buffer)[] {
    const header: Header = {
      msg_id: randomUUID(),
      msg_type: type,
      session,
      username: 'kernel',
      date: new Date().toISOString(),
      version: '5.3',
    }
    const parts = [header, parent ?? {}, metadata, content].map(part => JSON.stringify(part))
    return [...identities, delimiter, this.sign(parts), ...parts]
  }
}
