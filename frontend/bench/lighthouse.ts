import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The one version that figures are compared by; npm fetches it when it is first asked for. */
const version = '12.8.2';

export interface Audit {
  /** Performance, accessibility, best practices, SEO: 0 to 100. */
  scores: number[];
  /** Largest contentful paint and total blocking time, ms. */
  lcp: number;
  tbt: number;
  /** Cumulative layout shift. */
  cls: number;
}

interface Report {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { numericValue?: number }>;
}

/** Runs it, again where the trace lacks the navigation it is about: a failure of its own, now and then, on a machine under load. */
function run(args: string[], attempts = 3): void {
  const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8', env: { CHROME_PATH: '/usr/bin/chromium', ...process.env } });
  if (status === 0) return;
  if (attempts === 1 || !stderr.includes('NO_NAVSTART')) throw new Error(stderr.slice(-2000));
  run(args, attempts - 1);
}

/** What Lighthouse says of a page for the reader whose session the cookie is. */
export function audited(url: string, cookie: string, device: 'desktop' | 'mobile'): Audit {
  const folder = mkdtempSync(join(tmpdir(), 'zhongda-lighthouse-'));
  try {
    const flags = '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
    const args = ['exec', '--yes', `--package=lighthouse@${version}`, '--', 'lighthouse', url, '--quiet', '--output=json', `--output-path=${folder}/report.json`];
    args.push(`--extra-headers=${JSON.stringify({ Cookie: cookie })}`, `--chrome-flags=${flags}`, ...(device === 'desktop' ? ['--preset=desktop'] : []));
    run(args);
    const { categories, audits } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    const figure = (name: string) => audits[name]?.numericValue ?? NaN;
    return {
      scores: ['performance', 'accessibility', 'best-practices', 'seo'].map((name) => Math.round((categories[name]?.score ?? 0) * 100)),
      lcp: figure('largest-contentful-paint'),
      tbt: figure('total-blocking-time'),
      cls: figure('cumulative-layout-shift'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
