// JSON text through simdjson, which is C++: one object at a time, as a flat list of tokens.

#ifndef HANDRAIL_CJSON_H
#define HANDRAIL_CJSON_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a token is. Objects and arrays end with a token of their own.
enum handrail_json_kind {
  HANDRAIL_JSON_OBJECT,
  HANDRAIL_JSON_ARRAY,
  HANDRAIL_JSON_END,
  /// A key: its bytes between the quotes. Its value follows.
  HANDRAIL_JSON_KEY,
  /// A text: its bytes between the quotes.
  HANDRAIL_JSON_STRING,
  /// A number as it is written.
  HANDRAIL_JSON_NUMBER,
  HANDRAIL_JSON_TRUE,
  HANDRAIL_JSON_FALSE,
  HANDRAIL_JSON_NULL
};

/// A piece of the text, by its place in it.
typedef struct {
  uint32_t start;
  uint32_t length;
  uint32_t kind;
} handrail_json_token;

/// Why an object gave no tokens.
enum handrail_json_problem {
  /// It is not JSON, or no object.
  HANDRAIL_JSON_INVALID = -1,
  /// A key or text holds an escape, which a slower reader must undo.
  HANDRAIL_JSON_ESCAPED = -2,
  /// It has more tokens than there is room for.
  HANDRAIL_JSON_TOO_LONG = -3
};

/// How many bytes behind a text must be readable.
extern const uint32_t handrail_json_padding;

typedef struct handrail_json_reader handrail_json_reader;

/// A reader for one thread; `NULL` if there is no memory.
handrail_json_reader *handrail_json_reader_new(void);
void handrail_json_reader_free(handrail_json_reader *reader);

/// Reads one JSON object, and writes its tokens in their order, the outermost braces left out.
///
/// Returns how many there are, or a `handrail_json_problem`. Throws nothing.
int32_t handrail_json_read(
    handrail_json_reader *reader, const uint8_t *text, uint32_t length, handrail_json_token *tokens, uint32_t room);

#ifdef __cplusplus
}
#endif

#endif
