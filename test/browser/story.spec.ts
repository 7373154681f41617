import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from '../support/browser.js';
import { startStack } from '../support/stack.js';
import type { Stack } from '../support/stack.js';
import { waitUntil } from '../support/wait-until.js';

const SHOTS = process.env['FAULTLINE_SCREENSHOTS'] ?? fileURLToPath(new URL('../../test-results', import.meta.url));
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
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Pause motion/ }).click(PATIENT).catch(() => undefined);
    await page.screenshot({ path: join(SHOTS, `${name}.png`), ...PATIENT });
    await page.getByRole('button', { name: /Resume motion|Play/ }).click(PATIENT).catch(() => undefined);
  }

  const canvasPixels = async (): Promise<string> => (await page.locator('canvas').first().screenshot(PATIENT)).toString('base64');

  /** Moves the pointer over the picture until it is on an edge between services, as a person would. */
  async function pointAtServiceEdge(): Promise<{ x: number; y: number }> {
    const box = await page.locator('canvas').first().boundingBox();
    if (!box) throw new Error('there is no picture');
    for (let y = box.y + box.height * 0.3; y < box.y + box.height * 0.75; y += 23) {
      for (let x = box.x + box.width * 0.2; x < box.x + box.width * 0.8; x += 31) {
        await page.mouse.move(x, y);
        const text = await page.locator('body').innerText();
        if (/\n\s*(gateway-\w+|catalog|checkout|cart) → (catalog|payments|pricing|inventory|recommendations)/.test(text)) return { x, y };
      }
    }
    throw new Error('no edge was found under the pointer');
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
    await shoot('1-live');
  });

  it('opens an edge that is clicked in the picture', async () => {
    const { x, y } = await pointAtServiceEdge();
    await page.mouse.click(x, y);
    await page.getByRole('complementary').getByText('p99', { exact: true }).first().waitFor(PATIENT);
    expect(page.url()).toContain('edge=');
    await shoot('2-edge');
  });

  it('refuses a bad number beside its field', async () => {
    const field = page.getByLabel('Latency', { exact: true });
    await field.fill('-5', PATIENT);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
  });

  it('injects 400 ms and shows it acting', async () => {
    await page.getByLabel('Latency', { exact: true }).fill('400');
    await page.getByRole('button', { name: 'Inject latency' }).click(PATIENT);
    const card = page.getByRole('region', { name: 'Fault on this edge' });
    await card.waitFor(PATIENT);
    await waitUntil('requests are hit', async () => /Acting on [1-9]/.test(await card.innerText()));
    await page.waitForTimeout(25_000);
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
