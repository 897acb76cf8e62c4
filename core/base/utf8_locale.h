// A locale whose letters are UTF-8, for libraries that turn names into other encodings by the locale of the thread.
#pragma once

#include <locale.h>

namespace lamina {

/// This thread's letters are UTF-8 while it lives, whatever the locale of the program is.
class Utf8Locale {
public:
    Utf8Locale() : m_locale(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (m_locale) m_before = uselocale(m_locale);
    }
    ~Utf8Locale() {
        if (!m_locale) return;
        uselocale(m_before);
        freelocale(m_locale);
    }
    Utf8Locale(const Utf8Locale&) = delete;

private:
    locale_t m_locale, m_before{};
};

}  // namespace lamina
