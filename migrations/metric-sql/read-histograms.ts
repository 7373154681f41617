/** The native histograms of a series (libs/metrics/src/codec/histogram-columns.ts), read in plpgsql: runs that share a layout, then columns of counts, sums and buckets. */
const SPANS = `
CREATE FUNCTION metric_read_spans(bytes bytea, INOUT at integer, OUT spans jsonb, OUT buckets integer) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  amount bigint;
  distance bigint;
  size bigint;
BEGIN
  spans := '[]';
  buckets := 0;
  SELECT r.at, r.value INTO at, amount FROM metric_read_varint(bytes, at) r;
  FOR i IN 1..amount LOOP
    SELECT r.at, r.value INTO at, distance FROM metric_read_signed(bytes, at) r;
    SELECT r.at, r.value INTO at, size FROM metric_read_varint(bytes, at) r;
    spans := spans || jsonb_build_array(jsonb_build_object('offset', distance, 'length', size));
    buckets := buckets + size;
  END LOOP;
END $$`;

const HISTOGRAMS = `
CREATE FUNCTION metric_read_histograms(bytes bytea, bits bit varying, INOUT at integer, amount integer, OUT histograms jsonb[]) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  length bigint;
  schema bigint;
  threshold double precision;
  positive record;
  negative record;
  bound double precision;
  bounds double precision[];
  bounds_left bigint;
  hints text[];
  token bigint;
  layout jsonb;
  counts double precision[];
  zeros double precision[];
  sums double precision[];
  one double precision[];
  buckets double precision[][];
BEGIN
  histograms := ARRAY[]::jsonb[];
  WHILE cardinality(histograms) < amount LOOP
    SELECT r.at, r.value + 1 INTO at, length FROM metric_read_varint(bytes, at) r;
    SELECT r.at, r.value INTO at, schema FROM metric_read_signed(bytes, at) r;
    SELECT r.at, r.value INTO at, threshold FROM metric_read_number(bytes, at, 0) r;
    SELECT * INTO positive FROM metric_read_spans(bytes, at);
    SELECT * INTO negative FROM metric_read_spans(bytes, positive.at);
    SELECT r.at, r.value INTO at, bounds_left FROM metric_read_varint(bytes, negative.at) r;
    bounds := ARRAY[]::float8[];
    FOR i IN 1..bounds_left LOOP
      SELECT r.at, r.value INTO at, bound FROM metric_read_number(bytes, at, CASE WHEN i = 1 THEN 0 ELSE bounds[i - 1] END) r;
      bounds[i] := bound;
    END LOOP;
    hints := ARRAY[]::text[];
    WHILE cardinality(hints) < length LOOP
      SELECT r.at, r.value INTO at, token FROM metric_read_varint(bytes, at) r;
      hints := hints || array_fill((ARRAY['unknown', 'reset', 'not-reset', 'gauge'])[(token & 3) + 1], ARRAY[(token >> 2)::integer + 1]);
    END LOOP;
    SELECT r.at, r.numbers INTO at, counts FROM metric_read_column(bytes, bits, at, length::integer) r;
    SELECT r.at, r.numbers INTO at, zeros FROM metric_read_column(bytes, bits, at, length::integer) r;
    SELECT r.at, r.numbers INTO at, sums FROM metric_read_column(bytes, bits, at, length::integer) r;
    buckets := ARRAY[]::float8[][];
    FOR i IN 1..positive.buckets + negative.buckets LOOP
      SELECT r.at, r.numbers INTO at, one FROM metric_read_column(bytes, bits, at, length::integer) r;
      buckets := buckets || ARRAY[one];
    END LOOP;
    layout := jsonb_build_object('schema', schema, 'zeroThreshold', threshold, 'customBounds', to_jsonb(bounds));
    FOR i IN 1..length LOOP
      histograms := histograms || (layout || jsonb_build_object('count', counts[i], 'sum', sums[i], 'zeroCount', zeros[i], 'resetHint', hints[i],
        'positive', jsonb_build_object('spans', positive.spans, 'counts', metric_bucket_counts(buckets, 1, positive.buckets, i::integer)),
        'negative', jsonb_build_object('spans', negative.spans, 'counts', metric_bucket_counts(buckets, positive.buckets + 1, positive.buckets + negative.buckets, i::integer))));
    END LOOP;
  END LOOP;
END $$;
CREATE FUNCTION metric_bucket_counts(buckets double precision[][], first integer, last integer, sample integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_agg(buckets[bucket][sample] ORDER BY bucket), '[]') FROM generate_series(first, last) bucket $$`;

export const READ_HISTOGRAMS = [SPANS, HISTOGRAMS];
