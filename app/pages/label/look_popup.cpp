#include "app/pages/label/look_popup.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QScreen>
#include <QSlider>

#include <algorithm>
#include <cmath>

#include "app/settings/settings.h"
#include "widgets/common/theme.h"

namespace lamina {

LookPopup::LookPopup(const CanvasOptions& options, QWidget* parent) : QFrame(parent, Qt::Popup), m_options(options) {
    setObjectName("label_look_popup");
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty(ThemeRole::card, true);  // with a border: else it cannot be told from what it lies on
    auto* form = new QFormLayout(this);
    form->setContentsMargins(12, 12, 12, 12);
    form->setSpacing(8);
    addSlider(form, "look_brightness", tr("Brightness"), (m_options.adjustment.brightness + 1) / 2, [this](double value) { m_options.adjustment.brightness = value * 2 - 1; });
    addSlider(form, "look_contrast", tr("Contrast"), (m_options.adjustment.contrast + 1) / 2, [this](double value) { m_options.adjustment.contrast = value * 2 - 1; });
    addSlider(form, "look_opacity", tr("Areas"), m_options.opacity, [this](double value) {
        m_options.opacity = value;
        settings::setValue("label/opacity", value);
    });
    addCheck(form, "look_captions", tr("Names of the classes"), m_options.captions, [this](bool on) {
        m_options.captions = on;
        settings::setValue("label/captions", on);
    });
    addCheck(form, "look_crosshair", tr("Cross-hair"), m_options.crosshair, [this](bool on) {
        m_options.crosshair = on;
        settings::setValue("label/crosshair", on);
    });
    addCheck(form, "look_mini_map", tr("Mini-map, where only a part is seen"), m_options.miniMap, [this](bool on) {
        m_options.miniMap = on;
        settings::setValue("label/mini_map", on);
    });
    addCheck(form, "look_magnifier", tr("Magnifier"), m_options.magnifier, [this](bool on) { m_options.magnifier = on; });
    addCheck(form, "look_snapping", tr("Snap to what is near"), m_options.snapping, [this](bool on) { m_options.snapping = on; });
}

void LookPopup::addSlider(QFormLayout* form, const char* name, const QString& title, double value, std::function<void(double)> take) {
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setObjectName(name);
    slider->setAccessibleName(title);
    slider->setRange(0, 100);
    slider->setValue(static_cast<int>(std::lround(value * 100)));
    slider->setMinimumWidth(160);
    form->addRow(title, slider);
    connect(slider, &QSlider::valueChanged, this, [this, take = std::move(take)](int now) {
        take(now / 100.0);
        emit changed(m_options);
    });
}

void LookPopup::addCheck(QFormLayout* form, const char* name, const QString& title, bool on, std::function<void(bool)> take) {
    auto* box = new QCheckBox(title);
    box->setObjectName(name);
    box->setChecked(on);
    form->addRow(box);
    connect(box, &QCheckBox::toggled, this, [this, take = std::move(take)](bool now) {
        take(now);
        emit changed(m_options);
    });
}

void LookPopup::openBelow(const QWidget* place) {
    adjustSize();
    const QPoint corner = place->mapToGlobal(QPoint(place->width() - width(), place->height()));
    const int left = place->screen() ? place->screen()->availableGeometry().left() : 0;
    move(std::max(left, corner.x()), corner.y());
    show();
}

}  // namespace lamina
