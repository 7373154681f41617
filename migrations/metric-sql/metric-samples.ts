/**
 * What people call. Samples of the series of a metric whose labels contain `matching`, from `from_time` to `to_time`, both included, of what has come to rest in blocks. Where several blocks have a
 * sample of the same moment, the one that was written first is right. `value` is null for histograms and for stale markers. Volatile, so that it looks at the blocks that there are when it runs: by the
 * snapshot of a query that began earlier, blocks that were merged meanwhile would be gone and those that took their place not there yet.
 */
const METRIC_SAMPLES = `
CREATE FUNCTION metric_samples(metric text, from_time timestamptz, to_time timestamptz, matching jsonb DEFAULT '{}')
RETURNS TABLE (series_id integer, labels jsonb, "time" timestamptz, kind text, value double precision, histogram jsonb) LANGUAGE plpgsql AS $$
DECLARE
  from_ms bigint := ceil(extract(epoch FROM from_time) * 1000);
  to_ms bigint := floor(extract(epoch FROM to_time) * 1000);
  first_window bigint := floor(from_ms / 7200000.0) * 7200000;
  last_window bigint := floor(to_ms / 7200000.0) * 7200000;
  metric_of integer := (SELECT n.id FROM metric_name n WHERE n.name = metric);
  wanted integer[] := (SELECT array_agg(s.id) FROM metric_series s WHERE s.metric_id = metric_of AND s.labels @> matching);
BEGIN
  IF wanted IS NULL THEN RETURN; END IF;
  RETURN QUERY
    WITH block AS MATERIALIZED (
      SELECT b.window_ms, b.written, b.place, b.directory, b.data FROM metric_segment b
      WHERE b.day BETWEEN floor(first_window / 86400000.0) AND floor(last_window / 86400000.0) AND b.window_ms BETWEEN first_window AND last_window AND metric_of BETWEEN b.first_metric AND b.last_metric
      UNION ALL
      SELECT b.window_ms, b.written, b.place, b.directory, b.data FROM metric_recent b
      WHERE b.window_ms BETWEEN first_window AND last_window AND metric_of BETWEEN b.first_metric AND b.last_metric
    ), sample AS (
      SELECT DISTINCT ON (r.series_id, r.time_ms) r.* FROM block, metric_read_block(format('%s/%s/%s', block.window_ms, block.written, block.place), block.directory, block.data, wanted) r
      WHERE r.time_ms BETWEEN from_ms AND to_ms ORDER BY r.series_id, r.time_ms, block.written
    )
    SELECT sample.series_id, s.labels, to_timestamp(sample.time_ms / 1000.0), (ARRAY['float', 'histogram', 'stale'])[sample.kind + 1], sample.value, sample.histogram
    FROM sample JOIN metric_series s ON s.id = sample.series_id ORDER BY sample.series_id, sample.time_ms;
END $$;
COMMENT ON FUNCTION metric_samples(text, timestamptz, timestamptz, jsonb) IS 'Raw samples of a metric: SELECT * FROM metric_samples(''up'', now() - interval ''1 day'', now(), ''{"job": "node"}'')'`;

export const METRIC_SAMPLES_FUNCTION = [METRIC_SAMPLES];
