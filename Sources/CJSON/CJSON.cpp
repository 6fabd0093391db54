#include "CJSON.h"

#include <cstring>
#include <new>

#include <simdjson.h>

using namespace simdjson;

const uint32_t handrail_json_padding = SIMDJSON_PADDING;

struct handrail_json_reader {
  ondemand::parser parser;
};

namespace {

/// Maps and lists inside each other at the most; an intake needs three.
constexpr int deepest = 16;

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

struct Writer {
  const uint8_t *text;
  handrail_json_token *tokens;
  uint32_t room;
  uint32_t count = 0;
  int32_t problem = 0;

  bool add(const char *start, size_t length, uint32_t kind) {
    if (count == room) return fail(HANDRAIL_JSON_TOO_LONG);
    auto place = start == nullptr ? 0 : uint32_t(start - reinterpret_cast<const char *>(text));
    tokens[count++] = {place, uint32_t(length), kind};
    return true;
  }

  bool fail(int32_t reason) {
    if (problem == 0) problem = reason;
    return false;
  }

  /// The bytes from behind the opening quote to the closing one, which is the next since there are no backslashes.
  bool text_between_quotes(const char *start, uint32_t kind) {
    return add(start, bytes_before_quote(start), kind);
  }

  bool value(simdjson_result<ondemand::value> found, int depth) {
    ondemand::value value;
    ondemand::json_type type;
    if (found.get(value) || value.type().get(type)) return fail(HANDRAIL_JSON_INVALID);
    switch (type) {
      case ondemand::json_type::object: {
        ondemand::object object;
        if (value.get_object().get(object)) return fail(HANDRAIL_JSON_INVALID);
        return add(nullptr, 0, HANDRAIL_JSON_OBJECT) && fields(object, depth + 1) && add(nullptr, 0, HANDRAIL_JSON_END);
      }
      case ondemand::json_type::array: {
        ondemand::array array;
        if (depth >= deepest || value.get_array().get(array)) return fail(HANDRAIL_JSON_INVALID);
        if (!add(nullptr, 0, HANDRAIL_JSON_ARRAY)) return false;
        for (auto element : array) {
          if (!this->value(element, depth + 1)) return false;
        }
        return add(nullptr, 0, HANDRAIL_JSON_END);
      }
      case ondemand::json_type::string: {
        ondemand::raw_json_string raw;
        if (value.get_raw_json_string().get(raw)) return fail(HANDRAIL_JSON_INVALID);
        return text_between_quotes(raw.raw(), HANDRAIL_JSON_STRING);
      }
      case ondemand::json_type::number: {
        // Whether it is a number at all is for the reader of answers to say: it knows which it takes.
        auto token = value.raw_json_token();
        auto length = token.size();
        while (length > 0 && std::strchr(" \t\r\n", token[length - 1]) != nullptr) length--;
        return add(token.data(), length, HANDRAIL_JSON_NUMBER);
      }
      case ondemand::json_type::boolean: {
        bool isTrue;
        if (value.get_bool().get(isTrue)) return fail(HANDRAIL_JSON_INVALID);
        return add(nullptr, 0, isTrue ? HANDRAIL_JSON_TRUE : HANDRAIL_JSON_FALSE);
      }
      case ondemand::json_type::null: {
        bool isNull = value.is_null();
        return isNull ? add(nullptr, 0, HANDRAIL_JSON_NULL) : fail(HANDRAIL_JSON_INVALID);
      }
    }
    return fail(HANDRAIL_JSON_INVALID);
  }

  bool fields(ondemand::object &object, int depth) {
    if (depth >= deepest) return fail(HANDRAIL_JSON_INVALID);
    for (auto found : object) {
      ondemand::field field;
      if (std::move(found).get(field)) return fail(HANDRAIL_JSON_INVALID);
      if (!text_between_quotes(field.key().raw(), HANDRAIL_JSON_KEY)) return false;
      if (!value(simdjson_result<ondemand::value>(std::move(field.value())), depth)) return false;
    }
    return true;
  }
};

}  // namespace

handrail_json_reader *handrail_json_reader_new(void) { return new (std::nothrow) handrail_json_reader; }

void handrail_json_reader_free(handrail_json_reader *reader) { delete reader; }

int32_t handrail_json_read(
    handrail_json_reader *reader, const uint8_t *text, uint32_t length, handrail_json_token *tokens, uint32_t room) {
  // Escapes are so rare in intakes that it pays to ask for all of them at once.
  if (std::memchr(text, '\\', length) != nullptr) return HANDRAIL_JSON_ESCAPED;
  Writer writer{text, tokens, room};
  ondemand::document document;
  ondemand::object object;
  const char *next;
  if (reader->parser.iterate(text, length, length + SIMDJSON_PADDING).get(document) ||
      document.get_object().get(object)) {
    return HANDRAIL_JSON_INVALID;
  }
  // Behind the object nothing may follow.
  if (writer.fields(object, 0) && document.current_location().get(next) != OUT_OF_BOUNDS) {
    writer.fail(HANDRAIL_JSON_INVALID);
  }
  return writer.problem != 0 ? writer.problem : int32_t(writer.count);
}
