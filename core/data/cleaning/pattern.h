// Regular expressions (Perl's syntax, Unicode). A search that would take too long is given up at a fixed amount of work, the same on every machine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace lamina {

struct PatternOptions {
    bool ignoreCase = false;
    bool plain = false;  ///< the text itself, no expression
    bool whole = false;  ///< only where all of the text matches
};

/// A compiled expression; any number of threads may share it.
class Pattern {
public:
    /// "cleaning.bad_pattern" {pattern, place, reason}.
    static Result<Pattern> compile(const std::string& pattern, const PatternOptions& options = {});
    /// How many groups in brackets there are, and their names ("" where they have none).
    const std::vector<std::string>& groupNames() const;

private:
    friend class PatternSearch;
    struct Compiled;
    std::shared_ptr<const Compiled> m_compiled;
};

/// Searches with a pattern; used by one thread at a time.
class PatternSearch {
public:
    enum class Outcome : std::uint8_t { None, Found, GivenUp };

    explicit PatternSearch(const Pattern& pattern);
    ~PatternSearch();
    PatternSearch(PatternSearch&&) noexcept;

    /// The first match from byte `start` on.
    Outcome find(std::string_view text, std::size_t start = 0);
    /// Of the match just found: the bytes of group n (0: all of it); nothing: npos, npos.
    struct Place {
        std::size_t begin = std::string::npos, end = std::string::npos;
    };
    Place group(std::size_t n) const;
    /// Every match replaced: $1, ${1}, ${name} are groups, $$ a dollar. Found: `out` holds the new text.
    Outcome replace(std::string_view text, const std::string& with, std::string& out);
    /// What was wrong with the replacement of the last replace() that came to GivenUp; "" where it only took too long.
    const std::string& replacementError() const { return m_replacementError; }

private:
    struct State;
    std::unique_ptr<State> m_state;
    std::string m_replacementError;
};

/// Is the replacement one that replace() can use with this pattern? "cleaning.bad_replacement" {text, reason}.
Result<void> checkReplacement(const Pattern& pattern, const std::string& with);

}  // namespace lamina
