/*
 * Numbers as the codec of blocks writes them (libs/metrics/src/codec: byte-reader.ts, number-code.ts, rice-code.ts), read in plpgsql. `at` is the place of the next byte, from 0; `bits` are
 * all of the same bytes, of which `place` is the next, from 1.
 */

/** Seven bits a byte, lowest first; and signed: the sign, six bits, then the rest. */
const VARINT = `
CREATE FUNCTION metric_read_varint(bytes bytea, INOUT at integer, OUT value bigint) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  next integer;
  shift integer := 0;
BEGIN
  value := 0;
  LOOP
    next := get_byte(bytes, at);
    at := at + 1;
    value := value | ((next & 127)::bigint << shift);
    EXIT WHEN next < 128;
    shift := shift + 7;
  END LOOP;
END $$;
CREATE FUNCTION metric_read_signed(bytes bytea, INOUT at integer, OUT value bigint) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  first integer := get_byte(bytes, at);
BEGIN
  at := at + 1;
  value := (first & 127) >> 1;
  IF first >= 128 THEN
    SELECT r.at, metric_read_signed.value + 64 * r.value INTO at, value FROM metric_read_varint(bytes, at) r;
  END IF;
  IF first & 1 = 1 THEN value := -value; END IF;
END $$`;

/** A float and its 64 bits (IEEE 754-2019, section 3.4). There is no cast from bits in SQL, so the number is put together from its parts, each of which is exact. */
const FLOAT_BITS = `
CREATE FUNCTION metric_bits_of(value double precision) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ('x' || encode(float8send(value), 'hex'))::bit(64)::bigint $$;
CREATE FUNCTION metric_float_of(bits bigint) RETURNS double precision LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  exponent integer := (bits >> 52) & 2047;
  fraction bigint := bits & 4503599627370495;
  size double precision;
BEGIN
  IF exponent = 2047 THEN
    IF fraction <> 0 THEN RETURN 'NaN'; END IF;
    RETURN CASE WHEN bits < 0 THEN '-Infinity' ELSE 'Infinity' END;
  END IF;
  IF exponent = 0 THEN size := fraction * '4.9406564584124654e-324'::float8;
  ELSE size := (1 + fraction / 4503599627370496::float8) * power(2::float8, exponent - 1023);
  END IF;
  RETURN CASE WHEN bits < 0 THEN -size ELSE size END;
END $$;
CREATE FUNCTION metric_read_float_bits(bytes bytea, at integer) RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  value bigint := 0;
BEGIN
  FOR i IN REVERSE 7..0 LOOP value := (value << 8) | get_byte(bytes, at + i); END LOOP;
  RETURN value;
END $$`;

/** A number by its difference to one before it. */
const NUMBER = `
CREATE FUNCTION metric_scaled(value double precision, power double precision) RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  whole double precision;
BEGIN
  -- Larger ones have no place among those that are told by their decimals, and would be beyond what a product can be.
  IF NOT (abs(value) <= 2251799813685248 / power + 1) THEN RETURN 0; END IF;
  whole := floor(value * power);
  IF value * power - whole >= 0.5 THEN whole := whole + 1; END IF;
  RETURN CASE WHEN abs(whole) <= 2251799813685248 THEN whole::bigint ELSE 0 END;
END $$;
CREATE FUNCTION metric_read_number(bytes bytea, INOUT at integer, previous double precision, OUT value double precision) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  code integer := get_byte(bytes, at);
  zigzag bigint := 0;
  equal_above integer := code - 228;
  equal_below integer := 0;
  bits bigint;
BEGIN
  at := at + 1;
  IF code < 128 THEN zigzag := code;
  ELSIF code < 192 THEN zigzag := 128 + ((code - 128) << 8) + get_byte(bytes, at); at := at + 1;
  ELSIF code < 224 THEN zigzag := 16512 + ((code - 192) << 16) + (get_byte(bytes, at) << 8) + get_byte(bytes, at + 1); at := at + 2;
  ELSIF code < 228 THEN
    FOR i IN REVERSE code - 221..0 LOOP zigzag := (zigzag << 8) | get_byte(bytes, at + i); END LOOP;
    at := at + code - 220;
  ELSIF code <= 237 THEN
    IF code = 237 THEN
      equal_above := get_byte(bytes, at) >> 4;
      equal_below := get_byte(bytes, at) & 15;
      at := at + 1;
    END IF;
    bits := metric_bits_of(previous);
    FOR i IN equal_below..7 - equal_above LOOP
      bits := bits # (get_byte(bytes, at)::bigint << (8 * i));
      at := at + 1;
    END LOOP;
    value := metric_float_of(bits);
    RETURN;
  ELSIF code BETWEEN 240 AND 248 THEN
    SELECT r.at, (metric_scaled(previous, power) + r.value) / power INTO at, value FROM metric_read_signed(bytes, at) r, power(10::float8, code - 239) power;
    RETURN;
  ELSE RAISE EXCEPTION 'no number begins with %', code USING ERRCODE = 'data_corrupted';
  END IF;
  value := previous + CASE WHEN zigzag & 1 = 0 THEN zigzag >> 1 ELSE -((zigzag + 1) >> 1) END;
END $$`;

/** So many numbers in Rice codes: zeros up to a one for the high part, then the low bits; twenty zeros stand for 54 bits that follow. */
const RICE = `
CREATE FUNCTION metric_read_rice(bits bit varying, INOUT place integer, parameter integer, amount integer, OUT numbers bigint[]) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  zeros integer;
BEGIN
  numbers := array_fill(0::bigint, ARRAY[amount]);
  FOR i IN 1..amount LOOP
    zeros := position(B'1' IN substring(bits FROM place FOR 20)) - 1;
    IF zeros < 0 THEN
      numbers[i] := substring(bits FROM place + 20 FOR 54)::bigint;
      place := place + 74;
    ELSIF parameter = 0 THEN
      numbers[i] := zeros;
      place := place + zeros + 1;
    ELSE
      numbers[i] := (zeros::bigint << parameter) | substring(bits FROM place + zeros + 1 FOR parameter)::bigint;
      place := place + zeros + 1 + parameter;
    END IF;
  END LOOP;
  IF place > length(bits) + 1 THEN RAISE EXCEPTION 'the bits end too early' USING ERRCODE = 'data_corrupted'; END IF;
END $$`;

export const READ_NUMBERS = [VARINT, FLOAT_BITS, NUMBER, RICE];
