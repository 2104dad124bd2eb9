/**
 * Controls under a cell: sliders, dropdowns, buttons, fields, and html for what they bring about.
 *
 * Listeners run in the kernel after the cell has ended, where print and show have no place to go: put results into an `html` widget. What
 * a listener throws is shown under the controls. After the page is loaded again, controls are there with their values as long as the
 * kernel runs.
 */
import { escapeHtml } from './table'
import { boxModel, controlModel, type Listeners, type Model, type State } from './widget-model'

/** Anything that can be shown or put into a box. */
export interface Widget {
  readonly id: string
  /** Puts it under the running cell. */
  show(): void
  /** For boxes and the protocol, not for notebooks. */
  readonly model: Model
  /** Where the errors of its listeners are shown; set by the box that is shown. */
  problems?: (error: unknown) => void
  readonly children?: readonly Widget[]
}

/** A widget with a value that the reader or the code can change. */
export interface ValueWidget<Value> extends Widget {
  value: Value
}

type Listener<Value> = (value: Value) => void | Promise<void>

export interface SliderOptions {
  readonly label: string
  readonly min: number
  readonly max: number
  readonly value: number
  readonly step?: number
  /** Called while the handle moves. */
  readonly onChange?: Listener<number>
}

/** A number between two ends. */
export function slider({ label, min, max, value, step = (max - min) / 100, onChange }: SliderOptions): ValueWidget<number> {
  within('value', value, min, max)
  const whole = Number.isInteger(step) && Number.isInteger(min)
  const kind = whole ? 'IntSlider' : 'FloatSlider'
  const readout_format = whole ? 'd' : `.${Math.max(0, Math.min(6, Math.ceil(-Math.log10(step))))}f`
  const state = {
    description: label,
    min,
    max,
    value,
    step,
    readout: true,
    readout_format,
    orientation: 'horizontal',
    continuous_update: true,
    disabled: false,
  }
  return valued(
    kind,
    { state, style: { model: 'SliderStyleModel', description_width: 'initial' }, describe: () => `slider ${label}` },
    onChange,
  )
}

export interface DropdownOptions {
  readonly label: string
  readonly options: readonly string[]
  /** The option chosen at first; the first one unless told. */
  readonly value?: string
  readonly onChange?: Listener<string>
}

/** One of several options. */
export function dropdown({ label, options, value = options[0], onChange }: DropdownOptions): ValueWidget<string> {
  const place = (option: string | undefined) => {
    const index = options.indexOf(option as string)
    if (index < 0) throw new RangeError(`value is '${option}'; it must be one of ${options.map(known => `'${known}'`).join(', ')}`)
    return index
  }
  const widget = base(
    'Dropdown',
    { _options_labels: [...options], index: place(value), description: label, disabled: false },
    { model: 'DescriptionStyleModel', description_width: 'initial' },
    `dropdown ${label}`,
    { changed: change => ('index' in change ? onChange?.(options[change.index as number]!) : undefined) },
  )
  return Object.defineProperty(widget, 'value', {
    enumerable: true,
    get: () => options[widget.model.state.index as number],
    set: (option: string) => widget.model.set({ index: place(option) }),
  }) as ValueWidget<string>
}

export interface NumberOptions {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange?: Listener<number>
}

/** A field for a whole number; what is typed outside the ends is taken to the nearer one. */
export function numberField({ label, value, min, max, onChange }: NumberOptions): ValueWidget<number> {
  within('value', value, min, max)
  const state = { description: label, value, min, max, step: 1, continuous_update: false, disabled: false }
  return valued(
    'BoundedIntText',
    { state, style: { model: 'DescriptionStyleModel', description_width: 'initial' }, describe: () => `field ${label}` },
    onChange,
  )
}

/** A field for text; the listener hears it when the field is left or Enter is pressed. */
export function textField({
  label,
  value = '',
  onChange,
}: {
  label: string
  value?: string
  onChange?: Listener<string>
}): ValueWidget<string> {
  const state = { description: label, value, placeholder: '', continuous_update: false, disabled: false }
  return valued(
    'Text',
    { state, style: { model: 'TextStyleModel', description_width: 'initial' }, describe: () => `field ${label}` },
    onChange,
  )
}

export interface ButtonOptions {
  readonly label: string
  readonly onClick: () => void | Promise<void>
}

export interface Button extends Widget {
  /** A disabled button cannot be pressed; it is while its listener runs. */
  disabled: boolean
}

/** Does something; cannot be pressed again until that is done. */
export function button({ label, onClick }: ButtonOptions): Button {
  let working = false
  const widget = base(
    'Button',
    { description: label, disabled: false, button_style: '', icon: '', tooltip: null },
    { model: 'ButtonStyleModel' },
    `button ${label}`,
    {
      async clicked() {
        if (working) return
        working = true
        widget.model.set({ disabled: true })
        try {
          await onClick()
        } finally {
          working = false
          widget.model.set({ disabled: false })
        }
      },
    },
  )
  return Object.defineProperty(widget, 'disabled', {
    enumerable: true,
    get: () => widget.model.state.disabled,
    set: (disabled: boolean) => widget.model.set({ disabled }),
  }) as Button
}

/** HTML that code changes by its `value`; text from elsewhere goes through escapeHtml first. */
export function html(value = ''): ValueWidget<string> {
  const state = { value, description: '', placeholder: '' }
  return valued('HTML', { state, style: { model: 'HTMLStyleModel', description_width: '' }, describe: () => '' })
}

/** Widgets below each other. */
export function vbox(children: readonly Widget[]): Widget {
  return box('VBox', children)
}

/** Widgets side by side. */
export function hbox(children: readonly Widget[]): Widget {
  return box('HBox', children)
}

function box(kind: 'VBox' | 'HBox', children: readonly Widget[]): Widget {
  const model = boxModel(
    kind,
    children.map(child => child.model),
  )
  return shown(
    { id: model.id, model, children },
    children
      .map(child => (child as Described).described)
      .filter(Boolean)
      .join(', '),
  )
}

type Described = Widget & { readonly described: string }

function base(kind: string, state: State, style: State & { model: string }, described: string, listeners: Listeners): Widget {
  const model = controlModel(kind, state, style, {
    ...listeners,
    failed(error) {
      if (!widget.problems) throw error
      widget.problems(error)
    },
  })
  const widget: Widget = shown({ id: model.id, model }, described)
  return widget
}

/** Shown, a widget stands above a line that stays empty until one of its listeners throws. */
function shown(widget: Omit<Widget, 'show'>, described: string): Described {
  return Object.assign(widget, {
    described,
    show() {
      const line = html()
      hear(widget, error => {
        const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
        line.value = `<span style="color:#B00020">${escapeHtml(message)}</span>`
      })
      boxModel('VBox', [widget.model, line.model]).show(`${described || 'controls'} (run the notebook to use them)`)
    },
  })
}

function hear(widget: Omit<Widget, 'show'>, problems: (error: unknown) => void): void {
  ;(widget as Widget).problems = problems
  for (const child of widget.children ?? []) hear(child, problems)
}

interface Parts {
  readonly state: State
  readonly style: State & { model: string }
  describe(): string
}

function valued<Value>(kind: string, { state, style, describe }: Parts, onChange?: Listener<Value>): ValueWidget<Value> {
  const widget = base(kind, state, style, describe(), {
    changed: change => ('value' in change ? onChange?.(change.value as Value) : undefined),
  })
  return Object.defineProperty(widget, 'value', {
    enumerable: true,
    get: () => widget.model.state.value,
    set: (value: Value) => widget.model.set({ value }),
  }) as ValueWidget<Value>
}

function within(name: string, value: number, min: number, max: number): void {
  if (!(min < max)) throw new RangeError(`min is ${min} and max ${max}; min must be the smaller`)
  if (!(value >= min && value <= max)) throw new RangeError(`${name} is ${value}; it must lie between min (${min}) and max (${max})`)
}
