import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { filesMatching } from '../discovery/files-matching.js';
import { ScrapeConfigError } from './config-problem.js';
import type { ConfigProblem } from './config-problem.js';
import { globalProblems, jobProblems, resolveJob } from './resolve-job.js';
import type { OptionProblem } from './resolve-job.js';
import type { ScrapeConfig, ScrapeJob } from './scrape-config.js';
import { configSchema, OTHER_SECTIONS, scrapeFileSchema } from './scrape-config-schema.js';
import type { GlobalOptions, JobOptions } from './scrape-config-schema.js';
import { readYaml } from './yaml-document.js';
import type { YamlDocument } from './yaml-document.js';

/** A prometheus.yml, of which `global`, `scrape_configs` and `scrape_config_files` are used. Throws ScrapeConfigError with all that is wrong. */
export async function readScrapeConfig(path: string): Promise<ScrapeConfig> {
  const file = resolve(path);
  return parseScrapeConfig(file, await readText(file));
}

/** The same of a text; `file` names it in errors, and relative files are sought beside it. */
export async function parseScrapeConfig(file: string, text: string): Promise<ScrapeConfig> {
  const main = parseWith(file, text, configSchema(dirname(file)));
  const { global } = main.options;
  requireSound(globalProblems(global).map((problem) => problemAt(main, ['global'], problem)));
  const parts = [main, ...(await includedFiles(main.options.scrape_config_files, dirname(file)))];
  const jobs = parts.flatMap((part) => part.options.scrape_configs.map((options, i): PlacedJob => ({ part, i, options })));
  requireSound([...jobs.flatMap((job) => jobProblems(job.options, global).map((problem) => placedProblem(job, problem))), ...repeatedNames(jobs)]);
  return { jobs: jobs.map(({ options }): ScrapeJob => resolveJob(options, global)), notes: notesOn(main.options, global) };
}

interface Part<Options> {
  readonly file: string;
  readonly document: YamlDocument;
  readonly options: Options;
}
interface PlacedJob {
  readonly part: Part<unknown>;
  readonly i: number;
  readonly options: JobOptions;
}

async function includedFiles(patterns: readonly string[], directory: string): Promise<Part<{ scrape_configs: JobOptions[] }>[]> {
  const files = await Promise.all(patterns.map((pattern) => filesMatching(resolve(directory, pattern))));
  return Promise.all(files.flat().map(async (file) => parseWith(file, await readText(file), scrapeFileSchema(dirname(file)))));
}

function parseWith<Schema extends z.ZodType>(file: string, text: string, schema: Schema): Part<z.output<Schema>> {
  const document = readYaml(file, text);
  const parsed = schema.safeParse(document.root ?? {});
  if (!parsed.success) throw new ScrapeConfigError(document.problems(parsed.error));
  return { file, document, options: parsed.data };
}

function repeatedNames(jobs: readonly PlacedJob[]): ConfigProblem[] {
  const seen = new Set<string>();
  return jobs.flatMap((job) => {
    const name = job.options.job_name;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [placedProblem(job, { option: 'job_name', message: `there are several scrape configurations with the job name ${JSON.stringify(name)}` })];
  });
}

function placedProblem({ part, i }: PlacedJob, problem: OptionProblem): ConfigProblem {
  return problemAt(part, ['scrape_configs', i], problem);
}

function problemAt({ file, document }: Part<unknown>, path: readonly (string | number)[], { option, message }: OptionProblem): ConfigProblem {
  return { file, at: document.placeOf([...path, option]), message };
}

function requireSound(problems: readonly ConfigProblem[]): void {
  if (problems.length > 0) throw new ScrapeConfigError(problems);
}

function notesOn(options: Readonly<Partial<Record<(typeof OTHER_SECTIONS)[number], unknown>>>, global: GlobalOptions): string[] {
  const unused = OTHER_SECTIONS.filter((name) => options[name] !== undefined && options[name] !== null);
  const unusedGlobals = (['evaluation_interval', 'rule_query_offset', 'query_log_file', 'external_labels'] as const).filter((name) => global[name] !== null).map((name) => `global.${name}`);
  return [...unused, ...unusedGlobals].map((name) => `${name} is not for scraping and has no effect here`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ScrapeConfigError([{ file, at: null, message: `cannot be read: ${(error as Error).message}` }]);
  }
}
