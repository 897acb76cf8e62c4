#include "app/pages/review/judged_pictures.h"

#include <QLocale>

namespace lamina {

QString JudgedPictures::caption(std::int64_t item) const {
    const JudgedItem& judged = m_items[static_cast<std::size_t>(item)];
    return m_classes.value(judged.predicted) + QLocale().toString(100.0 * static_cast<double>(judged.probability), 'f', 0).prepend(' ').append(" %");
}

}  // namespace lamina
