import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from '../support/browser.js';
import { startStack } from '../support/stack.js';
import type { Stack } from '../support/stack.js';
import { waitUntil } from '../support/wait-until.js';

const SHOTS = process.env['SCREENSHOTS_DIR'] ?? fileURLToPath(new URL('../../test-results', import.meta.url));
// A picture in software on two shared cores takes its time; none of these limits is a claim.
const PATIENT = { timeout: 60_000 };

/** The story of the README, done by a real browser on the real demo. */
describe('in the browser', () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    stack = await startStack();
    browser = await openBrowser();
    page = await openPage(browser, complaints);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  // Motion is paused while the picture is taken: drawing in software otherwise starves the one who takes it.
  async function shoot(name: string): Promise<void> {
    const pause = page.getByRole('button', { name: /Pause motion/ });
    const moving = await pause.isVisible();
    if (moving) await pause.click(PATIENT);
    await page.screenshot({ path: join(SHOTS, `${name}.png`), ...PATIENT });
    if (moving) await page.getByRole('button', { name: /Resume motion/ }).click(PATIENT);
  }

  const canvasPixels = async (): Promise<string> => (await page.locator('canvas').first().screenshot(PATIENT)).toString('base64');

  async function centreOf(name: string): Promise<{ x: number; y: number }> {
    const box = await page.getByText(name, { exact: true }).first().boundingBox(PATIENT);
    if (!box) throw new Error(`${name} has no label in the picture`);
    // A label hangs under its node.
    return { x: box.x + box.width / 2, y: box.y - 20 };
  }

  /** Moves the pointer about between two nodes until it is on the edge from one to the other, as a person would. */
  async function pointAtEdge(source: string, target: string): Promise<{ x: number; y: number }> {
    const [from, to] = [await centreOf(source), await centreOf(target)];
    for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      for (let aside = -80; aside <= 80; aside += 6) {
        const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share + aside };
        await page.mouse.move(at.x, at.y);
        await page.waitForTimeout(60);
        // The card beside the pointer; the panel's list names edges too.
        if (await page.locator('div[aria-hidden="true"] strong', { hasText: `${source} → ${target}` }).isVisible()) return at;
      }
    }
    throw new Error(`the edge from ${source} to ${target} was not found under the pointer`);
  }

  it('signs in with the printed link and forgets the secret', async () => {
    await page.goto(stack.signInUrl, PATIENT);
    await page.getByRole('status', { name: /Data: live/i }).waitFor(PATIENT);
    expect(page.url()).not.toContain('sign-in=');
  });

  it('shows traffic that moves', async () => {
    await waitUntil('every service is labelled', async () => (await page.locator('body').innerText()).includes('gateway-eu'));
    const first = await canvasPixels();
    await waitUntil('the picture changes', async () => (await canvasPixels()) !== first);
    // Checkouts are rare: after a few seconds every edge has been used.
    await page.waitForTimeout(10_000);
    await shoot('1-live');
  });

  it('opens an edge that is clicked in the picture', async () => {
    const { x, y } = await pointAtEdge('gateway-us', 'catalog');
    await page.mouse.click(x, y);
    await page.getByRole('complementary').getByText('p99', { exact: true }).first().waitFor(PATIENT);
    expect(decodeURIComponent(page.url())).toContain('edge=gateway-us>catalog/http');
    await page.mouse.move(5, 500);
    await shoot('2-edge');
  });

  it('refuses a bad number beside its field', async () => {
    const field = page.getByRole('textbox', { name: 'Latency' });
    await field.fill('-5', PATIENT);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
  });

  it('finds a kind by its name, by keyboard, and says what it does not imitate', async () => {
    const kind = page.getByRole('button', { name: /^Kind/ });
    const choose = async (text: string, title: string): Promise<void> => {
      await kind.click(PATIENT);
      await page.getByRole('combobox', { name: 'Search kinds of faults' }).fill(text, PATIENT);
      await page.keyboard.press('Enter');
      await waitUntil(`${title} is chosen`, async () => (await kind.innerText()).includes(title));
    };
    await choose('half-open', 'Half-open');
    await page.getByText('What it does not imitate').waitFor(PATIENT);
    await kind.click(PATIENT);
    await page.getByRole('combobox', { name: 'Search kinds of faults' }).fill('no such kind at all', PATIENT);
    await page.getByText('No kind is described so.').waitFor(PATIENT);
    await page.keyboard.press('Escape');
    expect(await kind.innerText()).toContain('Half-open');
    await choose('latency', 'Latency');
  });

  it('injects 400 ms and shows it acting', async () => {
    // A verdict needs twenty steps before the fault, and this browser is faster than a person.
    await page.waitForTimeout(30_000);
    await page.getByRole('textbox', { name: 'Latency' }).fill('400');
    await page.getByRole('button', { name: 'Inject latency' }).click(PATIENT);
    const card = page.getByRole('region', { name: 'Fault on this edge' });
    await card.waitFor(PATIENT);
    await waitUntil('requests are hit', async () => /Acting on [1-9]/.test(await card.innerText()));
    await page.waitForTimeout(45_000);
    await shoot('3-fault');
  });

  it('stops it and compares before, during and after', async () => {
    await page.getByRole('button', { name: 'Stop this fault' }).click(PATIENT);
    const comparison = page.getByRole('region', { name: 'Before, during and after' });
    await comparison.waitFor(PATIENT);
    await waitUntil('the comparison says what happened', async () => /Degraded/.test(await comparison.innerText()));
    // 'After' takes as long as 'during'; until then it says that it is still filling.
    await page.waitForTimeout(65_000);
    await shoot('4-comparison');
  });

  it('has a table that does the same by keyboard', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.getByRole('treegrid').waitFor(PATIENT);
    await shoot('5-table');
  });

  it('previews many edges before it starts on them', async () => {
    await page.getByRole('link', { name: 'Select many edges' }).click(PATIENT);
    await page.getByRole('textbox', { name: 'Caller', exact: true }).fill('gateway-*', PATIENT);
    await page.getByLabel('Pick', { exact: true }).selectOption('percent', PATIENT);
    const percent = page.getByRole('textbox', { name: 'Percent' });
    await percent.fill('250', PATIENT);
    expect(await percent.getAttribute('aria-invalid')).toBe('true');
    await percent.fill('40');
    const preview = page.getByRole('region', { name: 'Preview' });
    await waitUntil('the preview says what would be hit', async () => /[1-9]\d* of \d+ edges? that match/.test(await preview.innerText()));
    await preview.scrollIntoViewIfNeeded(PATIENT);
    await page.screenshot({ path: join(SHOTS, 'select-many.png'), ...PATIENT });
    await page.getByRole('button', { name: /^Start on [1-9]/ }).click(PATIENT);
    await page.getByText(/^Started [1-9]/).waitFor(PATIENT);
  });

  it('shows what acts now with its lease and its proof, and that every target is clean after', async () => {
    await page.getByRole('link', { name: 'See them under Faults' }).click(PATIENT);
    const acting = page.getByRole('list', { name: 'Faults that act now' });
    await acting.waitFor(PATIENT);
    await waitUntil('the agent says that it holds a lease', async () => /lease \d+ s/.test(await acting.innerText()));
    await waitUntil('the agent has probed', async () => /Proven\.|Not proven\./.test(await acting.innerText()));
    await page.screenshot({ path: join(SHOTS, 'faults-now.png'), ...PATIENT });
    await waitUntil('all of them are stopped', async () => {
      const stop = acting.getByRole('button', { name: /^Stop/ }).first();
      if (await stop.isEnabled({ timeout: 1_000 }).catch(() => false)) await stop.click({ timeout: 5_000 }).catch(() => undefined);
      return !(await acting.isVisible());
    });
    await page.getByText('Every target is clean').waitFor(PATIENT);
  });

  it.each(['Faults', 'Agents', 'Audit', 'Access'])('lists what there is under %s', async (name) => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: new RegExp(`^${name}`) }).click(PATIENT);
    await page.getByRole('heading', { level: 1, name }).waitFor(PATIENT);
    await page.locator('tbody tr').first().waitFor(PATIENT);
    await page.screenshot({ path: join(SHOTS, `page-${name.toLowerCase()}.png`), ...PATIENT });
  });

  const goTo = async (name: string): Promise<void> => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: new RegExp(`^${name}`) }).click(PATIENT);
    await page.getByRole('heading', { level: 1, name }).waitFor(PATIENT);
  };

  it('asks the recorded traffic in PromQL, with names completed', async () => {
    await goTo('Explore');
    await page.locator('.cm-content').first().click(PATIENT);
    await page.keyboard.type('sum by (target) (rate(faultline_edge_req', { delay: 20 });
    await page.locator('.cm-tooltip-autocomplete').getByText('faultline_edge_requests_total').first().click(PATIENT);
    await page.keyboard.type('{source="gateway-eu"}[30s]))', { delay: 20 });
    await page.keyboard.press('Control+Enter');
    await page.locator('canvas').first().waitFor(PATIENT);
    await page.getByText('catalog').first().waitFor(PATIENT);
    await page.getByRole('button', { name: 'Last hour' }).click(PATIENT);
    await page.getByRole('button', { name: 'Last 5 minutes' }).click(PATIENT);
    await page.mouse.move(5, 5);
    await page.waitForTimeout(1_000);
    await shoot('7-explore');
    await page.getByRole('tab', { name: 'Table' }).click(PATIENT);
    await page.locator('tbody tr').first().waitFor(PATIENT);
  });

  it('says what is wrong with a query', async () => {
    await page.locator('.cm-content').first().click(PATIENT);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('sum(rate(up))', { delay: 20 });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/parse error/).first().waitFor(PATIENT);
    // The browser writes down every answer that is a refusal; this one was asked for.
    expect(complaints.splice(0).filter((complaint) => !complaint.includes('400'))).toEqual([]);
  });

  it('shows what makes the series many', async () => {
    await page.getByRole('link', { name: 'Cardinality' }).click(PATIENT);
    await page.getByRole('heading', { level: 1, name: 'Cardinality' }).waitFor(PATIENT);
    await page.getByText('faultline_edge_requests_total').first().waitFor(PATIENT);
    await shoot('page-cardinality');
  });

  it('shows what is scraped, and why a discovery fails once the configuration is read again', async () => {
    const file = join(stack.dataDir, 'scrape.yml');
    const config = JSON.parse(await readFile(file, 'utf8')) as { readonly scrape_configs: readonly object[] };
    await writeFile(file, JSON.stringify({ ...config, scrape_configs: [...config.scrape_configs, { job_name: 'warehouse', file_sd_configs: [{ files: ['warehouse.json'] }] }] }));
    await writeFile(join(stack.dataDir, 'warehouse.json'), '[{ "targets": ["10.0.0.7:9100" }]');
    expect(await page.evaluate(async () => (await fetch('/prometheus/-/reload', { method: 'POST' })).status)).toBe(200);
    await goTo('Targets');
    await page.getByRole('heading', { name: 'Discovery needs attention' }).waitFor(PATIENT);
    await page.getByText(/warehouse\.json/).first().waitFor(PATIENT);
    await page.getByText(/all \d+ up/).first().waitFor(PATIENT);
    await shoot('8-targets');
  });

  it('halts on every screen, and resumes with a reason', async () => {
    const halt = page.getByRole('button', { name: /Halt everything/ });
    await halt.hover();
    await page.mouse.down();
    await page.waitForTimeout(1_500);
    await page.mouse.up();
    const banner = page.getByRole('region', { name: 'Halted' });
    await banner.waitFor(PATIENT);
    await shoot('6-halted');
    await banner.getByLabel('Reason to resume').fill('the test is over');
    await banner.getByRole('button', { name: 'Resume' }).click(PATIENT);
    await banner.waitFor({ state: 'hidden', ...PATIENT });
  });

  it('gave the browser nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
