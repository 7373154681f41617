import { QuietNote } from '../action/quiet-note.js';
import classes from './targets.module.css';

const EXAMPLE = `scrape_configs:
  - job_name: node
    static_configs:
      - targets: ['10.0.0.5:9100']`;

/** What to do when nothing is scraped. */
export function NoTargets() {
  return (
    <QuietNote title="Nothing is scraped">
      <p>
        Start the server with <code>FAULTLINE_SCRAPE_CONFIG=/path/to/prometheus.yml</code>: the scrape section of a Prometheus configuration is used as it is.
      </p>
      <pre className={classes.example}>{EXAMPLE}</pre>
      <p>Or let a Prometheus that you have already send its samples here by remote write.</p>
    </QuietNote>
  );
}
