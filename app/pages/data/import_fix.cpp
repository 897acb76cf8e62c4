#include "app/pages/data/import_fix.h"

#include <QCoreApplication>

namespace lamina {

std::optional<ImportFix> importFix(const Error& error) {
    static const struct {
        const char *code, *setting, *value, *button;
    } fixes[] = {{"csv.not_utf8", "encoding", "latin1", QT_TRANSLATE_NOOP("lamina::ImportFix", "Read as Latin-1")},
                 {"csv.ragged_row", "ragged", "skip", QT_TRANSLATE_NOOP("lamina::ImportFix", "Leave such rows out")},
                 {"csv.unterminated_quote", "quote", "none", QT_TRANSLATE_NOOP("lamina::ImportFix", "Read without quotes")},
                 {"csv.no_rows", "header", "no", QT_TRANSLATE_NOOP("lamina::ImportFix", "The first row is data")}};
    for (const auto& fix : fixes)
        if (error.code == fix.code) return ImportFix{fix.setting, fix.value, QCoreApplication::translate("lamina::ImportFix", fix.button)};
    return {};
}

}  // namespace lamina
