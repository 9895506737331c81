import type { ReactNode } from 'react'
import { type Block, parseBlocks } from './blocks.ts'
import { type Inline, parseInline } from './inline.ts'

interface Props {
  readonly text: string
  /** What stands for a code span, such as a value to copy. */
  readonly code?: (text: string) => ReactNode
  /** The level that the highest heading gets. */
  readonly level?: 2 | 3 | 4
}

type Code = (text: string) => ReactNode

const plain: Code = (text) => <code>{text}</code>

/** Markdown as elements; no text of it is ever taken for HTML. */
export function Markdown({ text, code = plain, level = 3 }: Props) {
  return <div className="prose">{parseBlocks(text).map((block, index) => blockOf(block, index, code, level))}</div>
}

function blockOf(block: Block, key: number, code: Code, level: number): ReactNode {
  switch (block.kind) {
    case 'heading': {
      const Heading = `h${Math.min(6, level + Math.max(0, block.level - 2))}` as 'h3'
      return <Heading key={key}>{inlineOf(block.text, code)}</Heading>
    }
    case 'paragraph':
      return <p key={key}>{inlineOf(block.text, code)}</p>
    case 'code':
      return <pre key={key}>{block.text}</pre>
    case 'list':
      return listOf(block, key, code, level)
    case 'table':
      return tableOf(block, key, code)
  }
}

function listOf({ start, items }: Extract<Block, { kind: 'list' }>, key: number, code: Code, level: number) {
  const children = items.map((blocks, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that never changes its order
    <li key={index}>{blocks.map((block, inner) => tight(block, inner, code, level))}</li>
  ))
  return start === undefined ? (
    <ul key={key}>{children}</ul>
  ) : (
    <ol key={key} start={start}>
      {children}
    </ol>
  )
}

/** An item's own line is no paragraph of its own. */
function tight(block: Block, key: number, code: Code, level: number): ReactNode {
  if (block.kind !== 'paragraph' || key > 0) return blockOf(block, key, code, level)
  return <span key={key}>{inlineOf(block.text, code)}</span>
}

function tableOf({ head, rows }: Extract<Block, { kind: 'table' }>, key: number, code: Code) {
  return (
    <div className="table-frame" key={key}>
      <table className="prose-table">
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {inlineOf(cell, code)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells.join('|')}>
              {cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places
                <td key={index}>{inlineOf(cell, code)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function inlineOf(text: string, code: Code): ReactNode[] {
  return parseInline(text).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that never changes its order
    <Part key={index} part={part} code={code} />
  ))
}

function Part({ part, code }: { readonly part: Inline; readonly code: Code }): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'code':
      return code(part.text)
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {part.inner.map((inner, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Part key={index} part={inner} code={code} />
          ))}
        </a>
      )
    default: {
      const Element = part.kind === 'strong' ? 'strong' : 'em'
      return (
        <Element>
          {part.inner.map((inner, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Part key={index} part={inner} code={code} />
          ))}
        </Element>
      )
    }
  }
}
