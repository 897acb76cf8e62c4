// Result<T>: a value or an Error that says what, where and (through its text in app/messages) what to do.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace lamina {

/// What went wrong, in a form that can be said in every language: `code` names a text in app/messages,
/// `arguments` fill its {placeholders}. Codes are persisted in logs and never renamed.
struct Error {
    std::string code;
    std::vector<std::pair<std::string, std::string>> arguments;

    /// The same error with one more argument (a caller that knows the file, the row, the layer …).
    /// An argument that is there already keeps its value: the innermost place knows best.
    Error with(std::string name, std::string value) const&;
    Error with(std::string name, std::string value) &&;
    /// The argument's value, or an empty string.
    std::string argument(std::string_view name) const;
    /// One line for logs and test failures; people read app/messages instead.
    std::string debugText() const;
};

/// The only way to make an Error. Tests collect the literal codes given to it and look for their texts,
/// so the code is always a literal: fail("csv.ragged_row", {{"row", std::to_string(row)}}).
Error fail(const char* code, std::initializer_list<std::pair<const char*, std::string>> arguments = {});

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(m_state); }
    Error takeError() { return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}

    bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    const Error& error() const { return m_error; }
    Error takeError() { return std::move(m_error); }

private:
    Error m_error;
    bool m_ok = true;
};

/// How bad a remark is: Blocker (the job cannot go on), Warning (it can, but look), Note.
enum class Severity { Note, Warning, Blocker };

/// A problem or remark a user can act on, counted (for example 17 refused rows).
struct Issue {
    Severity severity = Severity::Warning;
    Error what;
    std::int64_t count = 1;
};

}  // namespace lamina

/// LAMINA_TRY(auto table, readTable(path)); gives the value or returns the Error to the caller.
#define LAMINA_TRY(declaration, expression) LAMINA_TRY_(declaration, expression, __COUNTER__)
#define LAMINA_TRY_(declaration, expression, n) LAMINA_TRY__(declaration, expression, n)
#define LAMINA_TRY__(declaration, expression, n)              \
    auto lamina_result_##n = (expression);                    \
    if (!lamina_result_##n) return lamina_result_##n.takeError(); \
    declaration = std::move(*lamina_result_##n)

/// LAMINA_CHECK(save(path)); returns the Error of a Result<void> (or any Result whose value is not needed).
#define LAMINA_CHECK(expression)                                      \
    do {                                                              \
        if (auto lamina_checked = (expression); !lamina_checked) return lamina_checked.takeError(); \
    } while (false)
