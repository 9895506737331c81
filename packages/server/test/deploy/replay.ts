import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join, relative } from 'node:path'
import { type Instruction, pairsOf, readInstructions, wordsOf } from './containerFile.ts'
import { buildContext } from './context.ts'

/** What an image would be started as, its paths moved below the folder that stands for its root. */
export interface Image {
  readonly root: string
  readonly workdir: string
  readonly env: Readonly<Record<string, string>>
  /** Numbers of the account and its group. */
  readonly user: string
  readonly command: readonly string[]
  readonly health: readonly string[]
}

interface Stage {
  readonly root: string
  workdir: string
  env: Record<string, string>
  user: string
  entrypoint: readonly string[]
  cmd: readonly string[]
  health: readonly string[]
}

/** Folders of the image that its file names; all else in a command is this machine's. */
const FOLDERS = /(?<![\w./])\/(app|build|data)(?![\w-])/g

/**
 * Carries out a container file without a container engine: each stage is a folder, and the file's own folders are
 * looked for within it. The base image is this machine with the Node of this run. `npm ci` with everything for developers
 * takes the packages that lie in the repository, which were installed by the same command from the same lock file.
 */
export function replay(file: string, repository: string, folder: string): Image {
  const tools = makeTools(folder, repository)
  const stages = new Map<string, Stage>()
  const included = buildContext(repository)
  let stage: Stage | undefined
  for (const instruction of readInstructions(file)) {
    if (instruction.keyword === 'FROM') {
      const name = / AS (\w+)$/i.exec(instruction.rest)?.[1] ?? 'image'
      stage = startStage(join(folder, name), tools)
      stages.set(name, stage)
    } else if (stage !== undefined) carryOut(instruction, stage, stages, { repository, included })
  }
  if (stage === undefined) throw new Error('a container file begins with FROM')
  const { root, workdir, env, user, entrypoint, cmd, health } = stage
  return { root, workdir, env, user, command: [...entrypoint, ...cmd], health }
}

function startStage(root: string, tools: string): Stage {
  mkdirSync(root)
  const PATH = [tools, process.env.PATH].join(delimiter)
  return { root, workdir: root, env: { PATH }, user: '0:0', entrypoint: [], cmd: [], health: [] }
}

interface Source {
  readonly repository: string
  readonly included: (path: string) => boolean
}

function carryOut(
  { keyword, flags, rest }: Instruction,
  stage: Stage,
  stages: Map<string, Stage>,
  source: Source,
): void {
  switch (keyword) {
    case 'WORKDIR':
      stage.workdir = placed(rest, stage)
      mkdirSync(stage.workdir, { recursive: true })
      return
    case 'COPY':
      copy(rest.split(/\s+/), flags.get('from'), stage, stages, source)
      return
    case 'RUN':
      run(moved(rest, stage), stage)
      return
    case 'ENV':
      for (const [name, value] of pairsOf(rest))
        stage.env[name] = moved(value, stage).replace('$PATH', stage.env.PATH ?? '')
      return
    case 'USER':
      stage.user = rest
      return
    case 'ENTRYPOINT':
      stage.entrypoint = wordsOf(rest) ?? []
      return
    case 'CMD':
      stage.cmd = wordsOf(rest) ?? []
      return
    case 'HEALTHCHECK':
      stage.health = wordsOf(rest.replace(/^CMD\s+/, '')) ?? []
      return
    case 'VOLUME':
      if (!statSync(placed(rest, stage)).isDirectory()) throw new Error(`${rest} is a volume, and no folder`)
      return
    case 'EXPOSE':
    case 'LABEL':
      return
    default:
      throw new Error(`${keyword} is not known here`)
  }
}

/** A folder's content is copied, not the folder; several sources, or a target that ends in a slash, keep their names. */
function copy(
  words: string[],
  from: string | undefined,
  stage: Stage,
  stages: Map<string, Stage>,
  source: Source,
): void {
  const target = words.pop() ?? ''
  const other = from === undefined ? undefined : stages.get(from)
  if (from !== undefined && other === undefined) throw new Error(`there is no stage ${from}`)
  for (const word of words) {
    const path = other === undefined ? join(source.repository, word) : join(other.root, word)
    const isFolder = statSync(path).isDirectory()
    const to = join(placed(target, stage), target.endsWith('/') && !isFolder ? basename(word) : '')
    mkdirSync(dirname(to), { recursive: true })
    cpSync(path, to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => other !== undefined || source.included(relative(source.repository, file)),
    })
  }
}

function placed(path: string, { root, workdir }: Stage): string {
  return path.startsWith('/') ? join(root, path) : join(workdir, path)
}

function moved(text: string, { root }: Stage): string {
  return text.replace(FOLDERS, `${root}/$1`)
}

/** Stands before the system's programs: what a build may do in a container only, and what would be done twice. */
function makeTools(folder: string, repository: string): string {
  const tools = join(folder, 'tools')
  mkdirSync(tools)
  const scripts = {
    npm: [
      'case " $* " in',
      `*" ci "*--omit*) PATH="\${PATH#*:}" exec npm "$@" --prefer-offline ;;`,
      // Links instead of copies, where the file system has them between the two.
      `*" ci "*) for one in . packages/*; do`,
      `  from='${repository}'/$one/node_modules`,
      '  [ ! -d "$from" ] || cp -al "$from" "$one" 2> /dev/null || cp -a "$from" "$one"',
      'done ;;',
      `*) PATH="\${PATH#*:}" exec npm "$@" ;;`,
      'esac',
    ],
    // Only root may give away; others stay who they are.
    chown: [`[ "$(id -u)" != 0 ] || PATH="\${PATH#*:}" exec chown "$@"`],
  }
  for (const [name, lines] of Object.entries(scripts)) {
    writeFileSync(join(tools, name), ['#!/bin/sh', ...lines, ''].join('\n'))
    chmodSync(join(tools, name), 0o755)
  }
  return tools
}

function run(command: string, { workdir, env }: Stage): void {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-ec', command], { cwd: workdir, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`"${command}" ended with ${status}:\n${`${stdout}${stderr}`.slice(-4_000)}`)
}
