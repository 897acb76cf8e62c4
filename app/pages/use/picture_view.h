// A picture, as large as there is room for it: small ones with their pixels visible, large ones smoothly made smaller.
#pragma once

#include <QImage>
#include <QWidget>

namespace lamina {

class PictureView : public QWidget {
    Q_OBJECT
public:
    explicit PictureView(QWidget* parent = nullptr);

    /// A null picture: the hint is shown instead.
    void setPicture(const QImage& picture);
    const QImage& picture() const { return m_picture; }
    void setHint(const QString& hint);
    QSize sizeHint() const override { return {280, 280}; }
    QSize minimumSizeHint() const override { return {140, 140}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_picture;
    QString m_hint;
};

}  // namespace lamina
