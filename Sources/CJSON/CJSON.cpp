#include "CJSON.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include <simdjson.h>

using namespace simdjson;

const uint32_t handrail_json_padding = SIMDJSON_PADDING;

/// Maps and lists inside each other at the most; an intake needs three.
constexpr int deepest = 16;

/// The first stage of simdjson alone: it finds where each part of a text begins, and refuses what is no UTF-8, a text between
/// quotes that never ends, and control characters inside one.
struct handrail_json_reader {
  std::unique_ptr<internal::dom_parser_implementation> finder;
  size_t capacity = 0;

  bool find(const uint8_t *text, size_t length) {
    if (length > capacity) {
      auto more = std::max<size_t>(length, 64 * 1024);
      capacity = 0;
      if (get_active_implementation()->create_dom_parser_implementation(more, deepest, finder)) return false;
      capacity = more;
    }
    return finder->stage1(text, length, stage1_mode::regular) == SUCCESS;
  }
};

namespace {

/// How many bytes stand before the next quote, which there is: looked for eight at a time, as words whose byte is zero where
/// it stands. Behind the text bytes can be read.
inline size_t bytes_before_quote(const char *start) {
  constexpr uint64_t ones = 0x0101010101010101;
  for (size_t at = 0;; at += 8) {
    uint64_t word;
    std::memcpy(&word, start + at, 8);
    word ^= ones * '"';
    if (auto zeros = (word - ones) & ~word & (ones << 7)) return at + size_t(__builtin_ctzll(zeros)) / 8;
  }
}

inline bool is_space(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

/// Writes tokens for the parts of a text, and refuses what is not in the order of JSON.
struct Writer {
  const uint8_t *text;
  uint32_t length;
  /// Where the next part begins, and behind the last of them.
  const uint32_t *part;
  const uint32_t *end;
  handrail_json_token *tokens;
  uint32_t room;
  uint32_t count = 0;
  int32_t problem = 0;

  bool fail(int32_t reason) {
    if (problem == 0) problem = reason;
    return false;
  }

  bool add(uint32_t start, uint32_t length, uint32_t kind) {
    if (count == room) return fail(HANDRAIL_JSON_TOO_LONG);
    tokens[count++] = {start, length, kind};
    return true;
  }

  /// The first byte of the next part; 0 behind the last.
  uint8_t next() const { return part < end ? text[*part] : 0; }

  /// The bytes from behind the opening quote to the closing one, which is the next since there are no backslashes.
  bool text_between_quotes(uint32_t kind) {
    auto start = *part++ + 1;
    return add(start, uint32_t(bytes_before_quote(reinterpret_cast<const char *>(text + start))), kind);
  }

  bool word(const char *wanted, uint32_t size, uint32_t kind) {
    auto start = *part++;
    if (length - start < size || std::memcmp(text + start, wanted, size) != 0) return fail(HANDRAIL_JSON_INVALID);
    auto behind = start + size < length ? text[start + size] : ' ';
    if (!is_space(behind) && behind != ',' && behind != '}' && behind != ']') return fail(HANDRAIL_JSON_INVALID);
    return add(0, 0, kind);
  }

  /// Whether it is a number at all is for the reader of answers to say: it knows which it takes.
  bool number() {
    auto start = *part++;
    auto stop = part < end ? *part : length;
    while (stop > start && is_space(text[stop - 1])) stop--;
    return add(start, stop - start, HANDRAIL_JSON_NUMBER);
  }

  bool value(int depth) {
    switch (next()) {
      case '"': return text_between_quotes(HANDRAIL_JSON_STRING);
      case '{': return add(0, 0, HANDRAIL_JSON_OBJECT) && fields(depth + 1) && add(0, 0, HANDRAIL_JSON_END);
      case '[': return add(0, 0, HANDRAIL_JSON_ARRAY) && elements(depth) && add(0, 0, HANDRAIL_JSON_END);
      case 't': return word("true", 4, HANDRAIL_JSON_TRUE);
      case 'f': return word("false", 5, HANDRAIL_JSON_FALSE);
      case 'n': return word("null", 4, HANDRAIL_JSON_NULL);
      case '-':
      case '0': case '1': case '2': case '3': case '4':
      case '5': case '6': case '7': case '8': case '9': return number();
      default: return fail(HANDRAIL_JSON_INVALID);
    }
  }

  /// What stands between two braces, from the first of them on.
  bool fields(int depth) {
    if (depth >= deepest || next() != '{') return fail(HANDRAIL_JSON_INVALID);
    part++;
    if (next() == '}') return part++, true;
    while (next() == '"') {
      if (!text_between_quotes(HANDRAIL_JSON_KEY)) return false;
      if (next() != ':') break;
      part++;
      if (!value(depth)) return false;
      auto separator = next();
      part++;
      if (separator == '}') return true;
      if (separator != ',') break;
    }
    return fail(HANDRAIL_JSON_INVALID);
  }

  /// What stands between two brackets, from the first of them on.
  bool elements(int depth) {
    if (depth >= deepest) return fail(HANDRAIL_JSON_INVALID);
    part++;
    if (next() == ']') return part++, true;
    while (value(depth + 1)) {
      auto separator = next();
      part++;
      if (separator == ']') return true;
      if (separator != ',') break;
    }
    return fail(HANDRAIL_JSON_INVALID);
  }
};

}  // namespace

handrail_json_reader *handrail_json_reader_new(void) { return new (std::nothrow) handrail_json_reader; }

void handrail_json_reader_free(handrail_json_reader *reader) { delete reader; }

int32_t handrail_json_read(
    handrail_json_reader *reader, const uint8_t *text, uint32_t length, handrail_json_token *tokens, uint32_t room) {
  // Escapes are so rare in intakes that it pays to ask for all of them at once.
  if (std::memchr(text, '\\', length) != nullptr) return HANDRAIL_JSON_ESCAPED;
  if (!reader->find(text, length)) return HANDRAIL_JSON_INVALID;
  auto parts = reader->finder->structural_indexes.get();
  Writer writer{text, length, parts, parts + reader->finder->n_structural_indexes, tokens, room};
  // Behind the object nothing may follow.
  if (writer.fields(0) && writer.part != writer.end) writer.fail(HANDRAIL_JSON_INVALID);
  return writer.problem != 0 ? writer.problem : int32_t(writer.count);
}
