// How the picture and the shapes are shown: brightness, contrast, how strong areas are, what is there besides.
#pragma once

#include <QFrame>

#include "widgets/canvas/canvas_view.h"

class QCheckBox;
class QFormLayout;
class QSlider;

namespace lamina {

/// Closes with a click elsewhere, and is gone then.
class LookPopup : public QFrame {
    Q_OBJECT
public:
    explicit LookPopup(const CanvasOptions& options, QWidget* parent);
    void openBelow(const QWidget* place);

signals:
    void changed(const lamina::CanvasOptions& options);

private:
    void addSlider(QFormLayout* form, const char* name, const QString& title, double value, std::function<void(double)> take);
    void addCheck(QFormLayout* form, const char* name, const QString& title, bool on, std::function<void(bool)> take);

    CanvasOptions m_options;
};

}  // namespace lamina
