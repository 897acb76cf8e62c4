// Pictures to look through: a grid of thumbnails with a size slider and a choice of class.
#pragma once

#include <QListView>
#include <QWidget>

#include "widgets/gallery/gallery_model.h"

class QComboBox;
class QLabel;
class QSlider;

namespace lamina {

class ThumbnailGallery : public QWidget {
    Q_OBJECT
public:
    static constexpr int smallest = 48, largest = 256;

    explicit ThumbnailGallery(QWidget* parent = nullptr);

    void setSource(std::shared_ptr<const ImageSource> source);
    GalleryModel& model() { return *m_model; }
    QListView& view() { return *m_view; }

    /// Edge of the pictures in pixels of the screen's scale.
    int size() const;
    void setSize(int edge);
    void setBarVisible(bool visible);
    void setCaptionsVisible(bool visible);
    /// One line that is scrolled sideways, as high as its pictures, instead of a grid.
    void setOneLine(bool oneLine);
    bool oneLine() const { return m_oneLine; }
    std::vector<std::int64_t> selectedItems() const;
    /// -1: none.
    std::int64_t currentItem() const;
    void showItem(std::int64_t item);
    /// Are all pictures that can be seen there?
    bool complete() const;

signals:
    void currentItemChanged(std::int64_t item);
    /// Enter or a double click.
    void itemActivated(std::int64_t item);
    void selectionChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void makeBar();
    void retranslate();
    void fillClasses();
    void applySize();
    void noteVisible();
    void showCounts();
    std::pair<int, int> visibleRows() const;

    GalleryModel* m_model;
    QListView* m_view;
    QWidget* m_bar;
    QComboBox* m_classes;
    QSlider* m_slider;
    QLabel *m_counts, *m_sizeIcon;
    bool m_captions = true, m_oneLine = false;
};

}  // namespace lamina
