const PATHS = {
  ok: 'M4 10.5l4 4 8-9',
  bad: 'M5 5l10 10M15 5L5 15',
  warn: 'M10 4v7.500M10 15v.1',
  idle: 'M5 10h10',
  wait: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 6.500V10l2.500 1.500',
  copy: 'M7 7V4h9v9h-3M4 7h9v9H4z',
  out: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-8 8',
  back: 'M12 4l-6 6 6 6',
  next: 'M8 4l6 6-6 6',
  search: 'M13 13l4 4M9 14.500a5.500 5.500 0 1 1 0-11 5.500 5.500 0 0 1 0 11z',
  menu: 'M5 8l5 5 5-5',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
