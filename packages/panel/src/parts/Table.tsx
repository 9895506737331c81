import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Numbers stand at the right. */
  readonly number?: boolean
  /** Nothing to read in the head, such as above buttons. */
  readonly bare?: boolean
}

interface Props<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
}

/** Rows and columns; on a narrow screen each row becomes a card that names its columns. The first column heads the row. */
export function Table<Row>({ label, columns, rows, idOf }: Props<Row>) {
  return (
    <div className="table-frame">
      {/* The roles are said once more, since a table that is laid out as cards would lose them. */}
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <table className="table" aria-label={label} role="table">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <thead role="rowgroup">
          {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
          <tr role="row">
            {columns.map(({ title, number, bare }) => (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <th key={title} scope="col" role="columnheader" className={number ? 'number' : undefined}>
                {bare ? <span className="unseen">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tbody role="rowgroup">
          {rows.map((row) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above
            <tr key={idOf(row)} role="row">
              {columns.map((column, index) => (
                <Cell key={column.title} column={column} row={row} heads={index === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell<Row>({ column, row, heads }: { column: Column<Row>; row: Row; heads: boolean }) {
  const { title, cell, number, bare } = column
  const props = { className: number ? 'number' : undefined, 'data-title': bare ? undefined : title }
  if (heads)
    return (
      // biome-ignore lint/a11y/noRedundantRoles: see the table
      <th scope="row" role="rowheader" {...props}>
        {cell(row)}
      </th>
    )
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see the table
    <td role="cell" {...props}>
      {cell(row)}
    </td>
  )
}
