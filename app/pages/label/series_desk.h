// A table of time steps as curves, with stretches that have a class. The first row's item holds the stretches of the whole series.
#pragma once

#include "app/jobs/series_ranges.h"
#include "app/pages/label/item_desk.h"
#include "widgets/ranges/range_mark.h"

class QPushButton;

namespace lamina {

class RangeView;

class SeriesDesk : public ItemDesk {
    Q_OBJECT
public:
    explicit SeriesDesk(Workspace& workspace, QWidget* parent = nullptr);

    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;
    void setClass(std::int64_t number) override;
    void setReadOnly(bool readOnly) override;
    bool takeClass(std::int64_t number) override;
    bool isOneItem() const override { return true; }
    void select(const std::string& label) override;
    QWidget* workplace() override;
    void setKeys(const LabelKeys* keys) override;
    std::map<QString, std::function<void()>> acts() override;
    std::vector<std::pair<QString, QString>> keys() const override;
    QString help() const override;

    /// What the buttons do once a file is chosen.
    void importFrom(const QString& file);
    void exportTo(const QString& file);

private:
    struct Curves {
        std::vector<RangeSeries> series;
        std::shared_ptr<const SeriesAxis> axis;
    };
    void readCurves();
    void fill();
    void edited(const RangeEdit& edit);
    void retranslate() override;
    static Result<Curves> curvesOf(const LabelDesk& desk);

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    RangeView* m_view;
    QPushButton *m_import, *m_export;
    std::shared_ptr<const SeriesAxis> m_axis;  ///< nullptr: the curves are not read yet
    std::int64_t m_item = 0;
    LabelHeads m_heads;
};

}  // namespace lamina
