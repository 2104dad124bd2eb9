/** The Jupyter kernel of the checkout: TypeScript cells by tslab's converter, with errors, comms, interrupts and results as Jupyter has them. */
import { readFileSync } from 'node:fs'
import { Cells } from './cells'
import { Comms } from './comms'
import { openDoor, tslabModule } from './door'
import { describeError } from './errors'
import { listenForInterrupts } from './interrupts'
import { Wire } from './messages'
import { refuseInput } from './no-input'
import { Outputs } from './outputs'
import { Runner } from './runner'
import { Server } from './server'
import { type Connection, Sockets } from './sockets'

const connectionFile = process.argv[2]
if (!connectionFile)
  throw new Error('the kernel needs the path of a connection file: Jupyter starts it, see lab/jupyter/kernels/tslab/kernel.json')

const connection: Connection = JSON.parse(readFileSync(connectionFile, 'utf8'))
const wire = new Wire(connection.key)
const sockets = new Sockets(connection)
const outputs = new Outputs(wire, sockets)
const comms = new Comms(outputs)
const runner = new Runner(outputs)
const cells: Cells = new Cells(runner, () => tslabModule(outputs))

// Explicitly: zmq's and the compiler's handles would keep the process alive.
const leave = () => {
  outputs.flush()
  setTimeout(() => process.exit(0), 100)
}
const server = new Server(wire, outputs, comms, runner, cells, leave)

/** The next message may come while this one is served: a button works, and completion answers, while a cell waits. */
const listen = (socket: Sockets['shell']) =>
  sockets.listen(socket, frames => {
    try {
      void server.handle(wire.decode(frames), reply => void socket.send(reply))
    } catch (error) {
      process.stderr.write(`a message was left out: ${error}\n`)
    }
  })

async function run(): Promise<void> {
  await sockets.bind()
  outputs.takeStandardStreams()
  outputs.followTimers()
  refuseInput()
  openDoor(outputs, comms, cells)
  listenForInterrupts(ended => runner.interrupt(ended))
  const tell = (what: string) => (error: unknown) =>
    outputs.print('stderr', `${what}\n${describeError(error, cells.texts).traceback.join('\n')}\n`)
  process.on('uncaughtException', tell('An exception that nothing caught:'))
  process.on('unhandledRejection', tell('A promise was rejected, and nothing caught it:'))
  void listen(sockets.control)
  void listen(sockets.shell)
  // After the first answers are on their way.
  setTimeout(() => cells.warm(), 50)
  // A server that was killed cannot say so.
  const parent = process.ppid
  if (String(parent) === process.env.JPY_PARENT_PID) setInterval(() => process.ppid !== parent && process.exit(1), 1000).unref()
}

void run()
