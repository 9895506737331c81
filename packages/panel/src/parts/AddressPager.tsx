import { useNavigate } from '@tanstack/react-router'
import { Pager } from './Pager.tsx'

interface Props {
  readonly after: string | undefined
  readonly next: string | null
  /** Whether the view stays where it is, as for a list below much else. */
  readonly stays?: boolean
}

/** The way through pages of a list that the address keeps, as `after`. */
export function AddressPager({ stays = false, ...pages }: Props) {
  const navigate = useNavigate()
  return (
    <Pager
      {...pages}
      onGo={(to) => void navigate({ to: '.', search: (now) => ({ ...now, after: to ?? '' }), resetScroll: !stays })}
    />
  )
}
