// A framed chart with its title and a menu for zoom and export: one for each metric of a page.
#pragma once

#include <QFrame>

#include <functional>

#include "widgets/charts/curves_view.h"

class QAction;
class QToolButton;

namespace lamina {

class ElidedLabel;

class CurvesCard : public QFrame {
    Q_OBJECT
public:
    /// `key` names the metric in objectName: "card_<key>".
    explicit CurvesCard(const QString& key, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    CurvesView& view() { return *m_view; }

signals:
    /// The person chose a file. `bytes` makes its content; it may run in any thread.
    void exportWanted(const QString& file, std::function<QByteArray()> bytes);

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class Format { Png, Svg, Csv };
    void retranslate();
    void exportAs(Format format);

    QString m_key;
    ElidedLabel* m_title;
    QToolButton* m_menu;
    QAction *m_zoomIn, *m_zoomOut, *m_reset, *m_png, *m_svg, *m_csv;
    CurvesView* m_view;
};

}  // namespace lamina
