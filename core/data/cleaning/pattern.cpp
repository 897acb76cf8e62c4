#include "core/data/cleaning/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>

namespace lamina {
namespace {

// About ten milliseconds of a search that goes wrong.
constexpr std::uint32_t mostSearchWork = 1'000'000;

std::string pcreReason(int code) {
    unsigned char text[256];
    pcre2_get_error_message(code, text, sizeof text);
    return reinterpret_cast<const char*>(text);
}

PCRE2_SPTR unitsOf(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data()); }

std::vector<std::string> namesOfGroups(const pcre2_code* code) {
    std::uint32_t groups = 0, named = 0, entrySize = 0;
    PCRE2_SPTR table = nullptr;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &named);
    pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &entrySize);
    pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
    std::vector<std::string> names(groups);
    for (std::uint32_t i = 0; i < named; ++i) {
        const auto* entry = table + static_cast<std::size_t>(i) * entrySize;
        const auto number = static_cast<std::size_t>(entry[0] << 8 | entry[1]);
        if (number >= 1 && number <= groups) names[number - 1] = reinterpret_cast<const char*>(entry + 2);
    }
    return names;
}

}  // namespace

struct Pattern::Compiled {
    pcre2_code* code = nullptr;
    std::vector<std::string> groups;
    ~Compiled() { pcre2_code_free(code); }
};

Result<Pattern> Pattern::compile(const std::string& pattern, const PatternOptions& options) {
    std::uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF;
    if (options.ignoreCase) flags |= PCRE2_CASELESS;
    // PCRE2_LITERAL takes no anchors, so a plain text that must be the whole is written as a quoted expression.
    std::string quoted = pattern;
    if (options.plain) {
        quoted = "\\Q";
        for (std::size_t at = 0; at < pattern.size();) {
            const auto end = std::min(pattern.find("\\E", at), pattern.size());
            quoted += pattern.substr(at, end - at);
            if (end < pattern.size()) quoted += "\\E\\\\E\\Q";
            at = end + 2;
        }
        quoted += "\\E";
    }
    if (options.whole) flags |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    int error = 0;
    PCRE2_SIZE place = 0;
    auto compiled = std::make_shared<Compiled>();
    compiled->code = pcre2_compile(unitsOf(quoted), quoted.size(), flags, &error, &place, nullptr);
    if (!compiled->code) return fail("cleaning.bad_pattern", {{"pattern", pattern}, {"place", std::to_string(place)}, {"reason", pcreReason(error)}});
    pcre2_jit_compile(compiled->code, PCRE2_JIT_COMPLETE);  // where it cannot, the interpreter does the same
    compiled->groups = namesOfGroups(compiled->code);
    Pattern made;
    made.m_compiled = std::move(compiled);
    return made;
}

const std::vector<std::string>& Pattern::groupNames() const { return m_compiled->groups; }

struct PatternSearch::State {
    std::shared_ptr<const Pattern::Compiled> pattern;
    pcre2_match_data* data = nullptr;
    pcre2_match_context* context = nullptr;
    pcre2_jit_stack* stack = nullptr;
    std::string replaced;  ///< room that lasts from one text to the next

    explicit State(std::shared_ptr<const Pattern::Compiled> compiled) : pattern(std::move(compiled)) {
        data = pcre2_match_data_create_from_pattern(pattern->code, nullptr);
        context = pcre2_match_context_create(nullptr);
        stack = pcre2_jit_stack_create(32 << 10, 1 << 20, nullptr);
        if (!data || !context) throw std::bad_alloc();
        pcre2_set_match_limit(context, mostSearchWork);
        pcre2_set_heap_limit(context, 16 << 10);  // KiB
        if (stack) pcre2_jit_stack_assign(context, nullptr, stack);
    }
    ~State() {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
        pcre2_jit_stack_free(stack);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

PatternSearch::PatternSearch(const Pattern& pattern) : m_state(std::make_unique<State>(pattern.m_compiled)) {}
PatternSearch::~PatternSearch() = default;
PatternSearch::PatternSearch(PatternSearch&&) noexcept = default;

PatternSearch::Outcome PatternSearch::find(std::string_view text, std::size_t start) {
    const int found = pcre2_match(m_state->pattern->code, unitsOf(text), text.size(), start, 0, m_state->data, m_state->context);
    if (found == PCRE2_ERROR_NOMATCH) return Outcome::None;
    return found < 0 ? Outcome::GivenUp : Outcome::Found;
}

PatternSearch::Place PatternSearch::group(std::size_t n) const {
    const PCRE2_SIZE* places = pcre2_get_ovector_pointer(m_state->data);
    if (n >= pcre2_get_ovector_count(m_state->data) || places[2 * n] == PCRE2_UNSET) return {};
    return {places[2 * n], std::max(places[2 * n], places[2 * n + 1])};
}

PatternSearch::Outcome PatternSearch::replace(std::string_view text, const std::string& with, std::string& out) {
    m_replacementError.clear();
    std::string& buffer = m_state->replaced;
    if (buffer.size() < text.size() * 2 + with.size() + 64) buffer.resize(text.size() * 2 + with.size() + 64);
    PCRE2_SIZE length = buffer.size();
    const std::uint32_t flags = PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_UNSET_EMPTY | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH;
    const auto substitute = [&] {
        return pcre2_substitute(m_state->pattern->code, unitsOf(text), text.size(), 0, flags, m_state->data, m_state->context, unitsOf(with),
                                with.size(), reinterpret_cast<PCRE2_UCHAR*>(buffer.data()), &length);
    };
    int done = substitute();
    if (done == PCRE2_ERROR_NOMEMORY) {
        buffer.resize(length);
        done = substitute();
    }
    if (done > 0) out.assign(buffer, 0, length);
    if (done >= 0) return done > 0 ? Outcome::Found : Outcome::None;
    const bool tooLong =
        done == PCRE2_ERROR_MATCHLIMIT || done == PCRE2_ERROR_HEAPLIMIT || done == PCRE2_ERROR_DEPTHLIMIT || done == PCRE2_ERROR_JIT_STACKLIMIT;
    if (!tooLong) m_replacementError = pcreReason(done);
    return Outcome::GivenUp;
}

Result<void> checkReplacement(const Pattern& pattern, const std::string& with) {
    const auto bad = [&](const char* reason) { return fail("cleaning.bad_replacement", {{"text", with}, {"reason", reason}}); };
    const auto& groups = pattern.groupNames();
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < with.size(); ++i) {
        if (with[i] != '$') continue;
        if (++i == with.size()) return bad("$");
        if (with[i] == '$') continue;
        const bool braces = with[i] == '{';
        const std::size_t begin = i + (braces ? 1 : 0);
        std::size_t end = begin;
        const auto isNameByte = [&](char c) { return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
        const bool number = begin < with.size() && isDigit(with[begin]);
        while (end < with.size() && (number ? isDigit(with[end]) : isNameByte(with[end]))) ++end;
        const std::string name = with.substr(begin, end - begin);
        if (name.empty() || name.size() > 32 || (braces && (end == with.size() || with[end] != '}'))) return bad("$");
        const bool known = number ? name.size() <= 3 && static_cast<std::size_t>(std::stoi(name)) <= groups.size()
                                  : std::find(groups.begin(), groups.end(), name) != groups.end();
        if (!known) return bad(name.c_str());
        i = braces ? end : end - 1;
    }
    return {};
}

}  // namespace lamina
