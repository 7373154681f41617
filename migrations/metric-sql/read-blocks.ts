/*
 * Blocks (libs/metrics/src/codec: segment-format.ts, series-slice.ts, time-columns.ts), read in plpgsql. Checksums are left to those who read blocks as a matter of course; what cannot be read at all is
 * an error that names the block.
 */

/** Samples of one series: `kind` 0 for floats, 1 for histograms, 2 for stale markers. */
const SLICE = `
CREATE FUNCTION metric_read_slice(slice bytea, times bigint[]) RETURNS TABLE (time_ms bigint, kind integer, value double precision, histogram jsonb) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  bits bit varying := ('x' || encode(slice, 'hex'))::bit varying;
  amount integer := cardinality(times);
  extras integer := CASE WHEN get_byte(slice, 0) >= 128 THEN get_byte(slice, 0) - 128 ELSE 0 END;
  at integer := CASE WHEN get_byte(slice, 0) >= 128 THEN 1 ELSE 0 END;
  kinds integer[] := array_fill(0, ARRAY[cardinality(times)]);
  filled integer := 0;
  token bigint;
  floats double precision[];
  histograms jsonb[];
  float_at integer := 0;
  histogram_at integer := 0;
BEGIN
  IF extras & 1 = 1 THEN
    WHILE filled < amount LOOP
      SELECT r.at, r.value INTO at, token FROM metric_read_varint(slice, at) r;
      FOR i IN filled + 1..filled + (token >> 2)::integer + 1 LOOP kinds[i] := token & 3; END LOOP;
      filled := filled + (token >> 2)::integer + 1;
    END LOOP;
  END IF;
  -- When counters began is not given out, but has to be read over.
  IF extras & 2 = 2 THEN
    filled := 0;
    WHILE filled < amount LOOP
      SELECT r.at INTO at FROM metric_read_signed(slice, at) r;
      SELECT r.at, filled + r.value + 1 INTO at, filled FROM metric_read_varint(slice, at) r;
    END LOOP;
  END IF;
  SELECT r.at, r.numbers INTO at, floats FROM metric_read_column(slice, bits, at, (SELECT count(*)::integer FROM unnest(kinds) k WHERE k = 0)) r;
  IF 1 = ANY(kinds) THEN SELECT r.histograms INTO histograms FROM metric_read_histograms(slice, bits, at, (SELECT count(*)::integer FROM unnest(kinds) k WHERE k = 1)) r; END IF;
  FOR i IN 1..amount LOOP
    time_ms := times[i];
    kind := kinds[i];
    value := NULL;
    histogram := NULL;
    IF kind = 0 THEN
      float_at := float_at + 1;
      value := floats[float_at];
    ELSIF kind = 1 THEN
      histogram_at := histogram_at + 1;
      histogram := histograms[histogram_at];
    END IF;
    RETURN NEXT;
  END LOOP;
END $$`;

/** Where the series of a block are: `times` of each, and its slice of the data, or in the directory itself. */
const DIRECTORY = `
CREATE FUNCTION metric_read_directory(directory bytea, wanted integer[]) RETURNS TABLE (series_id integer, times bigint[], data_offset integer, data_length integer, slice bytea) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  at integer := 1;
  columns bigint;
  amount bigint;
  token bigint;
  extent bigint;
  counts bigint[];
  firsts bigint[];
  lasts bigint[];
  stored bytea[];
  first bigint := 0;
  id bigint := 0;
  ids integer[];
  column_of integer[];
  filled integer := 0;
  tokens bigint[];
  offsets integer[];
  lengths integer[];
  slices bytea[];
  behind integer := 0;
BEGIN
  IF get_byte(directory, 0) <> 1 THEN RAISE EXCEPTION 'version % of blocks is not known here', get_byte(directory, 0) USING ERRCODE = 'data_corrupted'; END IF;
  SELECT r.at, r.value INTO at, columns FROM metric_read_varint(directory, at) r;
  FOR i IN 1..columns LOOP
    SELECT r.at, r.value INTO at, token FROM metric_read_varint(directory, at) r;
    counts[i] := token;
    SELECT r.at, first + r.value INTO at, first FROM metric_read_signed(directory, at) r;
    firsts[i] := first;
    SELECT r.at, r.value INTO at, extent FROM metric_read_varint(directory, at) r;
    lasts[i] := first + extent;
    SELECT r.at, r.value INTO at, token FROM metric_read_varint(directory, at) r;
    stored[i] := substring(directory FROM at + 1 FOR token::integer);
    at := at + token::integer;
  END LOOP;
  SELECT r.at, r.value INTO at, amount FROM metric_read_varint(directory, at) r;
  FOR i IN 1..amount LOOP
    SELECT r.at, id + r.value INTO at, id FROM metric_read_signed(directory, at) r;
    ids[i] := id;
  END LOOP;
  WHILE filled < amount LOOP
    SELECT r.at, r.value INTO at, token FROM metric_read_varint(directory, at) r;
    SELECT r.at, r.value INTO at, extent FROM metric_read_varint(directory, at) r;
    FOR i IN filled + 1..filled + extent::integer + 1 LOOP column_of[i] := token + 1; END LOOP;
    filled := filled + extent::integer + 1;
  END LOOP;
  FOR i IN 1..amount LOOP
    SELECT r.at, r.value INTO at, token FROM metric_read_varint(directory, at) r;
    tokens[i] := token;
  END LOOP;
  at := at + 4 * (SELECT count(*)::integer FROM unnest(tokens) t WHERE t & 3 = 0);
  FOR i IN 1..amount LOOP
    IF tokens[i] & 3 = 0 THEN
      offsets[i] := behind;
      lengths[i] := tokens[i] >> 2;
      slices[i] := NULL;
      behind := behind + lengths[i];
    ELSIF tokens[i] & 3 = 1 THEN
      slices[i] := substring(directory FROM at + 1 FOR (tokens[i] >> 2)::integer);
      at := at + (tokens[i] >> 2)::integer;
    ELSE
      offsets[i] := offsets[i - 1 - (tokens[i] >> 2)::integer];
      lengths[i] := lengths[i - 1 - (tokens[i] >> 2)::integer];
      slices[i] := slices[i - 1 - (tokens[i] >> 2)::integer];
    END IF;
  END LOOP;
  FOR i IN 1..amount LOOP
    CONTINUE WHEN NOT ids[i] = ANY(wanted);
    series_id := ids[i];
    data_offset := offsets[i];
    data_length := lengths[i];
    slice := slices[i];
    times := metric_read_times(counts[column_of[i]], firsts[column_of[i]], lasts[column_of[i]], stored[column_of[i]]);
    RETURN NEXT;
  END LOOP;
END $$;
CREATE FUNCTION metric_read_times(amount bigint, first bigint, last bigint, stored bytea) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF length(stored) > 0 THEN RETURN (SELECT r.numbers::bigint[] FROM metric_read_column(stored, ('x' || encode(stored, 'hex'))::bit varying, 0, amount::integer) r); END IF;
  IF amount = 1 THEN RETURN ARRAY[first]; END IF;
  RETURN ARRAY(SELECT generate_series(first, last, (last - first) / (amount - 1)));
END $$`;

/** Not for parallel workers, which may catch no exception. */
const BLOCK = `
CREATE FUNCTION metric_read_block(name text, directory bytea, data bytea, wanted integer[]) RETURNS TABLE (series_id integer, time_ms bigint, kind integer, value double precision, histogram jsonb) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  problem text;
BEGIN
  RETURN QUERY SELECT d.series_id, s.time_ms, s.kind, s.value, s.histogram
    FROM metric_read_directory(directory, wanted) d, metric_read_slice(coalesce(d.slice, substring(data FROM d.data_offset + 1 FOR d.data_length)), d.times) s;
EXCEPTION WHEN data_exception OR data_corrupted OR program_limit_exceeded THEN
  GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT;
  RAISE EXCEPTION 'The metric block % cannot be read: %', name, problem USING ERRCODE = 'data_corrupted';
END $$`;

export const READ_BLOCKS = [SLICE, DIRECTORY, BLOCK];
