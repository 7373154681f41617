/*
 * Columns of numbers (libs/metrics/src/codec: float-column.ts, integer-column.ts, residual-blocks.ts, sparse-residuals.ts, column-source.ts, xor-column.ts), read in plpgsql. Each function gives the
 * numbers and the place of the byte behind them.
 */

const BLOCKS = `
CREATE FUNCTION metric_read_blocks(bytes bytea, bits bit varying, INOUT at integer, amount integer, OUT numbers bigint[]) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  size integer := 1 << get_byte(bytes, at);
  blocks integer := (amount + size - 1) / size;
  headers integer[];
  bases bigint[];
  base bigint := 0;
  place integer;
  members bigint[];
  filled integer;
BEGIN
  at := at + 1;
  FOR i IN 1..blocks LOOP
    headers[i] := get_byte(bytes, at);
    SELECT r.at, base + r.value INTO at, base FROM metric_read_signed(bytes, at + 1) r;
    bases[i] := base;
  END LOOP;
  place := 8 * at + 1;
  FOR i IN 1..blocks LOOP
    filled := least(size, amount - (i - 1) * size);
    IF headers[i] >> 6 = 0 THEN members := array_fill(bases[i], ARRAY[filled]);
    ELSE
      SELECT r.place, r.numbers INTO place, members FROM metric_read_rice(bits, place, headers[i] & 63, filled) r;
      IF headers[i] >> 6 = 1 THEN FOR n IN 1..filled LOOP members[n] := members[n] + bases[i]; END LOOP;
      ELSE FOR n IN 1..filled LOOP members[n] := bases[i] + CASE WHEN members[n] & 1 = 0 THEN members[n] >> 1 ELSE -(members[n] >> 1) - 1 END; END LOOP;
      END IF;
    END IF;
    numbers := numbers || members;
  END LOOP;
  at := (place + 6) >> 3;
END $$`;

/** Most of them 0: the others, and how far they are apart. */
const SPARSE = `
CREATE FUNCTION metric_read_sparse(bytes bytea, bits bit varying, INOUT at integer, amount integer, OUT numbers bigint[]) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  others bigint;
  gaps bigint[];
  sizes bigint[];
  place integer;
  target bigint := 0;
  signs boolean;
BEGIN
  SELECT r.at, r.value INTO at, others FROM metric_read_varint(bytes, at) r;
  signs := get_byte(bytes, at + 1) >= 128;
  SELECT r.place, r.numbers INTO place, gaps FROM metric_read_rice(bits, 8 * (at + 2) + 1, get_byte(bytes, at), others::integer) r;
  SELECT r.place, r.numbers INTO place, sizes FROM metric_read_rice(bits, place, get_byte(bytes, at + 1) & 127, others::integer) r;
  numbers := array_fill(0::bigint, ARRAY[amount]);
  FOR i IN 1..others LOOP
    target := target + gaps[i] + 1;
    IF target > amount THEN RAISE EXCEPTION 'a number lies behind the last' USING ERRCODE = 'data_corrupted'; END IF;
    numbers[target] := CASE WHEN NOT signs THEN sizes[i] + 1 WHEN sizes[i] & 1 = 0 THEN (sizes[i] >> 1) + 1 ELSE -(sizes[i] >> 1) - 1 END;
  END LOOP;
  at := (place + 6) >> 3;
END $$`;

/** What the whole numbers stand for: themselves, parts of a power of ten, or the bits of floats. */
const INTEGERS = `
CREATE FUNCTION metric_read_integers(bytes bytea, bits bit varying, INOUT at integer, amount integer, OUT numbers double precision[]) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  header integer := get_byte(bytes, at);
  source integer := header & 31;
  predictor integer := (header & 127) >> 5;
  told integer := CASE WHEN predictor = 2 THEN 2 ELSE 1 END;
  first bigint;
  unit bigint;
  step bigint := 0;
  whole bigint;
  rest bigint[];
BEGIN
  at := at + 1;
  IF source = 25 THEN
    first := metric_read_float_bits(bytes, at);
    at := at + 8;
  ELSE SELECT r.at, r.value INTO at, first FROM metric_read_signed(bytes, at) r;
  END IF;
  SELECT r.at, r.value INTO at, unit FROM metric_read_varint(bytes, at) r;
  IF told = 2 THEN SELECT r.at, r.value INTO at, step FROM metric_read_signed(bytes, at) r; END IF;
  IF header >= 128 THEN SELECT r.at, r.numbers INTO at, rest FROM metric_read_sparse(bytes, bits, at, amount - told) r;
  ELSE SELECT r.at, r.numbers INTO at, rest FROM metric_read_blocks(bytes, bits, at, amount - told) r;
  END IF;
  numbers := array_fill(0::float8, ARRAY[amount]);
  whole := first;
  FOR i IN 1..amount LOOP
    IF i > 1 THEN
      IF predictor = 0 THEN whole := first + unit * rest[i - 1];
      ELSIF predictor = 1 THEN whole := whole + unit * rest[i - 1];
      ELSE
        IF i > 2 THEN step := step + rest[i - 2]; END IF;
        whole := whole + unit * step;
      END IF;
    END IF;
    numbers[i] := CASE WHEN source = 0 THEN whole::float8 WHEN source = 25 THEN metric_float_of(whole) WHEN source <= 12 THEN whole / power(10::float8, source) ELSE whole * ('1e-' || (source - 12))::float8 END;
  END LOOP;
END $$`;

/** Floats by the bits in which neighbours differ. */
const XOR = `
CREATE FUNCTION metric_read_xor(bytes bytea, bits bit varying, INOUT at integer, amount integer, OUT numbers double precision[]) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  value bigint := metric_read_float_bits(bytes, at);
  place integer := 8 * (at + 8) + 1;
  width integer := 0;
  below integer := 0;
BEGIN
  numbers := array_fill(metric_float_of(value), ARRAY[amount]);
  FOR i IN 2..amount LOOP
    IF get_bit(bits, place - 1) = 0 THEN
      place := place + 1;
      numbers[i] := numbers[i - 1];
      CONTINUE;
    END IF;
    IF get_bit(bits, place) = 1 THEN
      width := substring(bits FROM place + 7 FOR 6)::integer + 1;
      below := 64 - substring(bits FROM place + 2 FOR 5)::integer - width;
      place := place + 13;
    ELSE place := place + 2;
    END IF;
    IF width > 0 THEN value := value # (substring(bits FROM place FOR width)::bigint << below); END IF;
    place := place + width;
    numbers[i] := metric_float_of(value);
  END LOOP;
  at := (place + 6) >> 3;
END $$`;

const COLUMN = `
CREATE FUNCTION metric_read_column(bytes bytea, bits bit varying, INOUT at integer, amount integer, OUT numbers double precision[]) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  codec integer := get_byte(bytes, at);
  value double precision;
BEGIN
  at := at + 1;
  IF codec = 1 THEN SELECT r.at, r.numbers INTO at, numbers FROM metric_read_integers(bytes, bits, at, amount) r;
  ELSIF codec = 2 THEN SELECT r.at, r.numbers INTO at, numbers FROM metric_read_xor(bytes, bits, at, amount) r;
  ELSIF codec <> 0 THEN RAISE EXCEPTION 'no column begins with %', codec USING ERRCODE = 'data_corrupted';
  ELSIF amount = 0 THEN numbers := ARRAY[]::float8[];
  ELSE
    SELECT r.at, r.value INTO at, value FROM metric_read_number(bytes, at, 0) r;
    numbers := array_fill(value, ARRAY[amount]);
  END IF;
END $$`;

export const READ_COLUMNS = [BLOCKS, SPARSE, INTEGERS, XOR, COLUMN];
