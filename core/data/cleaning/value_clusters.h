// Values of a column that are likely to be spellings of one thing: what a "Replace values" step can be proposed for.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/data/column.h"

namespace lamina {

enum class ClusterMethod : std::uint8_t {
    Fingerprint,       ///< alike but for case, accents, punctuation, blanks and the order of words
    NgramFingerprint,  ///< with the same pairs of letters: also blanks left out or doubled letters
    EditDistance       ///< a few letters differ; never where digits differ
};
/// "fingerprint", "ngram", "distance"
const char* clusterMethodName(ClusterMethod method);

struct ValueCluster {
    std::string suggestion;                                    ///< the most frequent of the values
    std::vector<std::pair<std::string, std::int64_t>> values;  ///< with how often they occur, the most frequent first; two or more
};

/// Of a Text or Category column: the largest clusters (by rows) first. Of other kinds none. Edit distances compare the 20,000 most frequent values
/// only. Fails only with "job.cancelled".
Result<std::vector<ValueCluster>> clusterValues(const ColumnView& column, ClusterMethod method, const CancelToken& cancel = {});

/// Rare values beside far more frequent ones that they are probably misspellings of: by pairs of letters and by edit distance, without what has the
/// same fingerprint. What differs by a letter and is frequent (Iran, Iraq) is left alone. Order and errors as above.
Result<std::vector<ValueCluster>> likelyMisspellings(const ColumnView& column, const CancelToken& cancel = {});

}  // namespace lamina
