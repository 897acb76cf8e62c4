#include <CLI/CLI.hpp>

#include "app/cli/command.h"

namespace lamina {

CommandOption& CommandOption::between(int minimum, int maximum) {
    m_option->check(CLI::Range(minimum, maximum));
    return *this;
}

CommandOption& CommandOption::notNegative() {
    m_option->check(CLI::NonNegativeNumber);
    return *this;
}

CommandOption& CommandOption::positive() {
    m_option->check(CLI::PositiveNumber);
    return *this;
}

CommandOption& CommandOption::oneOf(const std::vector<std::string>& words) {
    m_option->check(CLI::IsMember(words));
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
