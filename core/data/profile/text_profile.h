// The figures of texts and categories.
#pragma once

#include <string_view>

#include "core/data/profile/profile.h"
#include "core/data/profile/value_counts.h"

namespace lamina {

/// Characters (code points) of UTF-8.
std::int64_t characterCount(std::string_view utf8);
/// Nothing but blanks (or nothing at all); something with blanks at an end.
bool isBlankText(std::string_view text);
bool isPaddedText(std::string_view text);
/// "N/A", "?", "null", "unknown" … in any case, with or without blanks around.
bool isPlaceholder(std::string_view text);
/// Does a text read like a number, like a time ("looksLike")?
bool readsLikeNumber(std::string_view text);
bool readsLikeTime(std::string_view text);

/// Fills text, wrong, wrongReason, valid of a Text or Category column. "job.cancelled".
Result<void> describeTexts(const ColumnView& view, const ValueCounts& counts, const CancelToken& cancel, ProfiledColumn& column);

/// Fills distinct, constant, identifier (of texts) and frequent from the counts, for every kind that has them.
void describeCounts(const ColumnView& view, const ColumnInfo& info, const ValueCounts& counts, ProfiledColumn& column);

}  // namespace lamina
