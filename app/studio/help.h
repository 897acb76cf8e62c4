// Help in a window of its own: what each stage is for and its keys; and what Lamina is.
#pragma once

#include <QString>

class QWidget;

namespace lamina {

/// `stage` empty: the whole road. Does not block.
void showHelp(const QString& stage, QWidget* parent);
void showAbout(QWidget* parent);

}  // namespace lamina
