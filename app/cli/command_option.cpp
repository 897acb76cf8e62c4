#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>

#include "app/cli/command.h"

namespace lamina {
namespace command_option_parts {

/// All of the text as a number; NaN where it is none.
double numberTyped(const std::string& text) {
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() ? number : std::numeric_limits<double>::quiet_NaN();
}

/// `otherwise` says in words what is allowed, with what was typed as {value}.
void checkNumber(CLI::Option& option, std::function<bool(double)> fits, Error otherwise) {
    option.check([fits = std::move(fits), otherwise = std::move(otherwise)](const std::string& typed) {
        const double number = numberTyped(typed);
        return std::isfinite(number) && fits(number) ? std::string() : message(Error(otherwise).with("value", typed), languageFromEnvironment());
    });
}

}  // namespace command_option_parts

CommandOption& CommandOption::between(int minimum, int maximum) {
    command_option_parts::checkNumber(*m_option, [=](double value) { return value >= minimum && value <= maximum; },
                                      fail("cli.number_between", {{"least", std::to_string(minimum)}, {"most", std::to_string(maximum)}}));
    return *this;
}

CommandOption& CommandOption::notNegative() {
    command_option_parts::checkNumber(*m_option, [](double value) { return value >= 0; }, fail("cli.number_not_negative"));
    return *this;
}

CommandOption& CommandOption::positive() {
    command_option_parts::checkNumber(*m_option, [](double value) { return value > 0; }, fail("cli.number_positive"));
    return *this;
}

CommandOption& CommandOption::oneOf(const std::vector<std::string>& words) {
    m_option->check([words](const std::string& typed) {
        if (std::find(words.begin(), words.end(), typed) != words.end()) return std::string();
        std::string known;
        for (const std::string& word : words) known += (known.empty() ? "" : ", ") + word;
        return message(fail("cli.no_such_choice", {{"value", typed}, {"known", known}}), languageFromEnvironment());
    });
    return *this;
}

CommandOption& CommandOption::optional() {
    m_option->required(false);
    return *this;
}

CommandOption& CommandOption::words(int count) {
    m_option->expected(count);
    return *this;
}

CommandOption& CommandOption::oneWordEach() {
    m_option->allow_extra_args(false);
    return *this;
}

template <class T> CommandOption Command::argument(const std::string& name, T& target) {
    return CommandOption(m_app.add_option(name, target, help(name))->required());
}

template <class T> CommandOption Command::option(const std::string& name, T& target) {
    return CommandOption(m_app.add_option("--" + name, target, help(name)));
}

void Command::flag(const std::string& name, bool& target) { m_app.add_flag("--" + name, target, help(name)); }

template CommandOption Command::argument(const std::string&, std::string&);
template CommandOption Command::option(const std::string&, int&);
template CommandOption Command::option(const std::string&, std::int64_t&);
template CommandOption Command::option(const std::string&, std::uint64_t&);
template CommandOption Command::option(const std::string&, double&);
template CommandOption Command::option(const std::string&, std::string&);
template CommandOption Command::option(const std::string&, std::vector<std::int64_t>&);
template CommandOption Command::option(const std::string&, std::vector<std::string>&);

}  // namespace lamina
