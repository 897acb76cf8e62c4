// Which rows a figure of a profile is made of.
#pragma once

#include "core/data/profile/profile_table.h"

namespace lamina {

/// One figure. As text, for the command line ("profileQueryFromText"):
///   missing | wrong | outliers | value:TEXT | range:FROM:TO | length:FROM:TO | blank | padded | placeholders |
///   duplicates[:N] | alike[:N] | near-duplicates[:N] |
///   missing-exactly:A,B | elsewhere
struct ProfileQuery {
    enum class What : std::uint8_t {
        Missing, Wrong, Outliers,
        Value,            ///< rows whose cell shows `text`
        Range,            ///< from ≤ number < to (or ≤ where `closed`)
        Length,           ///< of a text in characters, from … to as above
        Blank,            ///< see TextFacts
        Padded,
        Placeholders,
        Duplicates,       ///< of DatasetProfile::duplicates: group `group`, -1: all groups
        Alike,            ///< of alikeButIdentifiers
        NearDuplicates,   ///< of `column`, or the first column of pictures
        MissingExactly,   ///< exactly `columns` have no value
        Elsewhere         ///< rows whose like is in another part
    };
    What what = What::Missing;
    std::string column = {};
    std::string text = {};
    double from = 0, to = 0;
    bool closed = true;
    std::int64_t group = -1;
    std::vector<std::string> columns = {};
    bool operator==(const ProfileQuery&) const = default;
};

/// "profile.query" {query} where it is none; numbers of ranges with a decimal point, of times as "2024-03-01" or milliseconds.
Result<ProfileQuery> profileQueryFromText(const std::string& text, const std::string& column);

/// The query of bin `bin` of a column's histogram.
ProfileQuery queryOfBin(const ProfiledColumn& column, std::size_t bin);

/// The rows, rising; `profile` is the one of `input`. Rows that were removed are never among them. Fails with "profile.no_column" {column},
/// "profile.no_group" {group}, "job.cancelled".
Result<std::vector<std::int64_t>> rowsOf(const ProfileInput& input, const DatasetProfile& profile, const ProfileQuery& query,
                                         const CancelToken& cancel = {});

}  // namespace lamina
