// The items behind a cell of the matrix (or all of a regression, the largest errors first), as pictures or as rows.
#pragma once

#include <QStringList>
#include <QWidget>

#include "app/pages/review/reviewed_run.h"

class QLabel;
class QStackedWidget;

namespace lamina {

class DataTable;
class ThumbnailGallery;

class CellItems : public QWidget {
    Q_OBJECT
public:
    explicit CellItems(QWidget* parent = nullptr);

    /// Says how one comes to items.
    void showNothing();
    void showLooking();
    void showProblem(const QString& text);
    /// `classes` empty: a regression, whose cell does not matter.
    void showItems(const ReviewedItems& items, const QStringList& classes, int actual, int predicted);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showHint(const QString& text);
    void retranslate();

    QLabel *m_title, *m_hint;
    QStackedWidget* m_stack;
    ThumbnailGallery* m_gallery;
    DataTable* m_table;
};

}  // namespace lamina
