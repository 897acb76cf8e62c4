// Figures one under the other, each with its name; those that are made of rows lead to them.
#pragma once

#include <QWidget>

#include <optional>

#include "core/data/profile/profile_rows.h"

class QVBoxLayout;

namespace lamina {

class FigureList : public QWidget {
    Q_OBJECT
public:
    explicit FigureList(QWidget* parent = nullptr);

    void clear();
    void addHeading(const QString& text);
    /// A sentence.
    void addNote(const QString& text, const QString& tone = {});
    /// `rows`: what the value is made of; then it can be clicked, and `words` say which rows are seen.
    void addFigure(const QString& name, const QString& value, const std::optional<ProfileQuery>& rows = {}, const QString& words = {});
    /// A long name and a short value.
    void addLine(const QString& name, const QString& value, const std::optional<ProfileQuery>& rows = {}, const QString& words = {});

signals:
    void rowsWanted(const lamina::ProfileQuery& query, const QString& words);

private:
    QWidget* makeValue(const QString& name, const QString& value, const std::optional<ProfileQuery>& rows, const QString& words);
    void addPair(QWidget* name, QWidget* value, bool nameStretches);

    QVBoxLayout* m_layout;
};

}  // namespace lamina
