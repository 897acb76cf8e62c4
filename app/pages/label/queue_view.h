// The pictures to be labelled as a strip below the canvas, or as a gallery instead of it, with what is let through.
#pragma once

#include <QTimer>
#include <QWidget>

#include <memory>

#include "app/pages/label/label_desk.h"
#include "app/pages/label/work_queue.h"
#include "widgets/gallery/gallery_model.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace lamina {

class ScorePopup;
class ThumbnailGallery;

class QueueView : public QWidget {
    Q_OBJECT
public:
    explicit QueueView(const WorkQueue& queue, QWidget* parent = nullptr);

    /// Another dataset, or the same with other classes and people. The filter is kept where it still means something.
    void setDesk(std::shared_ptr<const LabelDesk> desk);
    /// What the queue shows has changed: all of it, or one item's state.
    void queueChanged();
    void itemChanged(std::int64_t position);
    void showPosition(std::int64_t position);
    QueueFilter filter() const;
    void clearFilter();
    void focusSearch();

    bool isGallery() const { return m_isGallery; }
    void setGallery(bool gallery);
    /// The strip takes room that small screens may need.
    bool isStripShown() const;
    void setStripShown(bool shown);
    ThumbnailGallery& gallery() const { return *m_gallery; }

signals:
    void filterChanged();
    void wanted(qint64 position);
    void galleryChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void fillChoices();
    void showCount();
    std::shared_ptr<const ImageSource> source() const;
    GalleryMark markOf(std::int64_t position) const;
    void wantClicked(std::int64_t position);

    const WorkQueue& m_queue;
    std::shared_ptr<const LabelDesk> m_desk;
    QString m_datasetId;
    ThumbnailGallery* m_gallery;
    QComboBox *m_state, *m_class, *m_annotator;
    QLineEdit* m_search;
    QToolButton *m_grid, *m_strip, *m_score;
    ScorePopup* m_scores;
    QLabel* m_count;
    QTimer m_typing;
    std::int64_t m_position = -1;
    bool m_isGallery = false;
};

}  // namespace lamina
