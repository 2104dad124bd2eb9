/**
 * Jupyter's widget protocol (version 2.1.0), as far as our widgets speak it: a model in the page and its state here, joined by a comm.
 *
 * The page needs jupyterlab_widgets, which draws the standard controls; nothing else of ipywidgets is used.
 */
import { type Comm, kernel } from './kernel'

const BASE = '@jupyter-widgets/base'
const CONTROLS = '@jupyter-widgets/controls'
const WIDGET_VIEW = 'application/vnd.jupyter.widget-view+json'

export type State = Record<string, unknown>

/** What the page sends: a changed state, a wish to hear the whole state, or an event such as a click. */
type Message = { method: 'update'; state: State } | { method: 'request_state' } | { method: 'custom'; content: { event?: string } }

export interface Model {
  readonly id: string
  /** How other models name this one. */
  readonly reference: string
  readonly state: Readonly<State>
  /** Changes the state here and in the page. */
  set(change: State): void
  /** Puts the control under the running cell. */
  show(text: string): void
}

export interface Listeners {
  /** The page changed the state. */
  changed?(change: State): void | Promise<void>
  clicked?(): void | Promise<void>
  /** A listener threw; without this the error is the kernel's. */
  failed?(error: unknown): void
}

/** A model of one of the standard controls: controlModel('Button', { description: 'Train' }). */
export function controlModel(name: string, state: State, style: State & { model: string }, listeners: Listeners = {}): Model {
  const { model, ...look } = style
  const styleModel = open(model, CONTROLS, 'StyleView', BASE, look)
  return open(
    `${name}Model`,
    CONTROLS,
    `${name.replace('Bounded', '')}View`, // a bounded field is drawn by the view of the unbounded one
    CONTROLS,
    { layout: layoutModel(), style: styleModel.reference, ...state },
    listeners,
  )
}

/** A model that holds others: VBox, HBox. */
export function boxModel(name: string, children: readonly Model[]): Model {
  const state = { children: children.map(child => child.reference), box_style: '', layout: layoutModel() }
  return open(`${name}Model`, CONTROLS, `${name}View`, CONTROLS, state)
}

function layoutModel(): string {
  return open('LayoutModel', BASE, 'LayoutView', BASE, {}).reference
}

function open(name: string, module: string, view: string, viewModule: string, own: State, listeners: Listeners = {}): Model {
  const running = kernel()
  if (!running) throw new Error('widgets live in a notebook: this code runs outside one. Open it in JupyterLab (npm start)')
  const state: State = {
    _model_module: module,
    _model_module_version: '2.0.0',
    _model_name: name,
    _view_count: null,
    _view_module: viewModule,
    _view_module_version: '2.0.0',
    _view_name: view,
    ...own,
  }
  const comm: Comm = running.openComm('jupyter.widget', { state, buffer_paths: [] }, { version: '2.1.0' }, async (message: Message) => {
    try {
      if (message.method === 'request_state') comm.send({ method: 'update', state, buffer_paths: [] })
      else if (message.method === 'custom' && message.content.event === 'click') await listeners.clicked?.()
      else if (message.method === 'update') {
        Object.assign(state, message.state)
        // The page waits for its own change to come back before it sends the next.
        comm.send({ method: 'echo_update', state: message.state, buffer_paths: [] })
        await listeners.changed?.(message.state)
      }
    } catch (error) {
      if (!listeners.failed) throw error
      listeners.failed(error)
    }
  })
  return {
    id: comm.id,
    reference: `IPY_MODEL_${comm.id}`,
    state,
    set(change) {
      Object.assign(state, change)
      comm.send({ method: 'update', state: change, buffer_paths: [] })
    },
    show(text) {
      running.display({ [WIDGET_VIEW]: { model_id: comm.id, version_major: 2, version_minor: 0 }, 'text/plain': text })
    },
  }
}
