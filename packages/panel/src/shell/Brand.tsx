export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" />
        <circle cx="11" cy="11.5" r="3.6" />
        <circle cx="21.5" cy="20.5" r="3.6" />
        <path d="M6 22.500c1-3 2.800-4.500 5-4.500M26.500 9.500c-1-1.500-2.500-2.200-4.500-2.200" />
      </svg>
      <span className="brand-name">Optimaite SCIM</span>
    </span>
  )
}
