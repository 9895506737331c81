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

/**
 * Rows and columns; on a narrow screen each row becomes a card that names its columns. The first column heads the
 * row. The roles are said once more, since a table that is laid out as cards loses its own in some browsers: biome.json
 * allows that of this file.
 */
export function Table<Row>({ label, columns, rows, idOf }: Props<Row>) {
  return (
    <div className="table-frame">
      <table className="table" aria-label={label} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title, number, bare }) => (
              <th key={title} scope="col" role="columnheader" className={number ? 'number' : undefined}>
                {bare ? <span className="unseen">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
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
      <th scope="row" role="rowheader" {...props}>
        {cell(row)}
      </th>
    )
  return (
    <td role="cell" {...props}>
      {cell(row)}
    </td>
  )
}
