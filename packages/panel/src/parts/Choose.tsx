import { Menu } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'

/** A menu behind a button. */
export function Choose({ label, shows, children }: { label: string; shows: ReactNode; children: ReactNode }) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="button button-quiet" aria-label={label}>
        {shows}
        <Icon name="menu" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end">
          <Menu.Popup className="menu">{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

interface GroupProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly choices: readonly (readonly [Value, string])[]
  readonly onChoose: (value: Value) => void
}

export function ChooseGroup<Value extends string>({ label, value, choices, onChoose }: GroupProps<Value>) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="menu-label">{label}</Menu.GroupLabel>
      <Menu.RadioGroup value={value} onValueChange={(wanted) => onChoose(wanted as Value)}>
        {choices.map(([name, text]) => (
          <Menu.RadioItem key={name} value={name} className="menu-item" closeOnClick>
            <span className="menu-mark">
              <Menu.RadioItemIndicator>
                <Icon name="ok" />
              </Menu.RadioItemIndicator>
            </span>
            {text}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  )
}
