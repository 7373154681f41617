import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

// WebGL2 without a GPU; without these two Chromium refuses the context rather than draw it in software.
const SOFTWARE_WEBGL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

// The package is made for pages that are only printed: these would switch off the checks that are to be tested, or tie the browser's life to one tab.
const NOT_A_REAL_BROWSER = ['--disable-web-security', '--allow-running-insecure-content', '--single-process'];

/** A real Chromium: the one that npm brings on Linux, the installed Chrome elsewhere. */
export async function openBrowser(): Promise<Browser> {
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome', args: SOFTWARE_WEBGL });
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: [...sparticuz.args.filter((arg) => !NOT_A_REAL_BROWSER.includes(arg)), ...SOFTWARE_WEBGL] });
}

/** A page that collects what the browser complains about. */
export async function openPage(browser: Browser, complaints: string[]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return page;
}
