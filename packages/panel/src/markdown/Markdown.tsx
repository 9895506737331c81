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
  return <div className="prose">{parseBlocks(text).map((block) => blockOf(block, code, level))}</div>
}

function blockOf(block: Block, code: Code, level: number): ReactNode {
  const key = block.at
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
      return listOf(block, code, level)
    case 'table':
      return tableOf(block, code)
  }
}

function listOf({ at: key, start, items }: Extract<Block, { kind: 'list' }>, code: Code, level: number) {
  const children = items.map(({ at, blocks }) => <li key={at}>{blocks.map((block) => tight(block, code, level))}</li>)
  return start === undefined ? (
    <ul key={key}>{children}</ul>
  ) : (
    <ol key={key} start={start}>
      {children}
    </ol>
  )
}

/** An item's own line is no paragraph of its own. */
function tight(block: Block, code: Code, level: number): ReactNode {
  if (block.kind !== 'paragraph' || block.at > 0) return blockOf(block, code, level)
  return <span key={block.at}>{inlineOf(block.text, code)}</span>
}

function tableOf({ at: key, head, rows }: Extract<Block, { kind: 'table' }>, code: Code) {
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
                <td key={head[index]}>{inlineOf(cell, code)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function inlineOf(text: string, code: Code): ReactNode {
  return <Inlines parts={parseInline(text)} code={code} />
}

/** Parts of a line, one after the other. */
export function Inlines({ parts, code = plain }: { readonly parts: readonly Inline[]; readonly code?: Code }) {
  return parts.map((part) => <Part key={part.at} part={part} code={code} />)
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
          <Inlines parts={part.inner} code={code} />
        </a>
      )
    default: {
      const Element = part.kind === 'strong' ? 'strong' : 'em'
      return (
        <Element>
          <Inlines parts={part.inner} code={code} />
        </Element>
      )
    }
  }
}
