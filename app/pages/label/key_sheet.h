// All keys of the Label page to look at, in two or three columns, so that a small screen has them whole.
#pragma once

#include <QDialog>

#include <utility>
#include <vector>

namespace lamina {

class KeySheet : public QDialog {
    Q_OBJECT
public:
    /// Keys and what they do, as plain text.
    explicit KeySheet(const QString& title, const std::vector<std::pair<QString, QString>>& rows, QWidget* parent = nullptr);

signals:
    void changeWanted();
};

}  // namespace lamina
