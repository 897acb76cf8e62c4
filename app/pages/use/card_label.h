// The labels of the cards: plain text that wraps, in the tone of what it says.
#pragma once

#include <QLabel>
#include <QStyle>

#include "widgets/common/theme.h"

namespace lamina {

/// `role`: a ThemeRole, or nullptr.
inline QLabel* textLabel(const char* objectName, const char* role = nullptr) {
    auto* label = new QLabel;
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (role) label->setProperty(role, true);
    return label;
}

/// "good", "warning", "bad" or nothing.
inline void setTone(QLabel* label, const char* tone) {
    label->setProperty(ThemeRole::tone, tone);
    label->style()->unpolish(label);
    label->style()->polish(label);
}

}  // namespace lamina
