"""Opens the project of doc/qgis as a user would and says what it finds; draws it. With --write it makes styles and project anew from the rules below."""
import os
import re
import sys

from qgis.core import (Qgis, QgsApplication, QgsArrowSymbolLayer, QgsCategorizedSymbolRenderer, QgsCoordinateReferenceSystem, QgsDataSourceUri, QgsFillSymbol, QgsLineSymbol,
                       QgsMapRendererParallelJob, QgsMapSettings, QgsPalLayerSettings, QgsProject, QgsProperty, QgsRendererCategory, QgsSingleSymbolRenderer, QgsSymbolLayer,
                       QgsTextBufferSettings, QgsTextFormat, QgsVectorLayer, QgsVectorLayerSimpleLabeling)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

folder, picture = sys.argv[1], sys.argv[2]
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()


def layer(schema, table, title):
    uri = QgsDataSourceUri("service='territory' key='id' type=%s srid=4326" % ("LineString" if table == "desire_line" else "MultiPolygon"))
    uri.setDataSource(schema, table, "geom", "", "id")
    made = QgsVectorLayer(uri.uri(False), title, "postgres")
    project.addMapLayer(made)
    return made


def fill(colour, outline="#ffffff", width="0.25", style="solid"):
    return QgsFillSymbol.createSimple({"color": colour, "outline_color": outline, "outline_width": width, "style": style})


def categories(field, pairs, other):
    return QgsCategorizedSymbolRenderer(field, [QgsRendererCategory(value, fill(colour), label) for value, colour, label in pairs] + [QgsRendererCategory(None, fill(other), "no figure")])


def labels(field, size):
    text = QgsTextFormat()
    text.setSize(size)
    text.setColor(QColor("#222222"))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = field
    settings.setFormat(text)
    return QgsVectorLayerSimpleLabeling(settings)


def write():
    project.setTitle("Territory: lights, classes, flows, areas")
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    signal = layer("terrbal", "signal_map", "Lights")
    signal.setRenderer(categories("light", [("green", "#8fc1a9", "green"), ("amber", "#ecca7c", "amber"), ("red", "#d08d75", "red")], "#d9d9d6"))
    signal.setLabeling(labels("unit_name", 7))
    signal.setLabelsEnabled(True)
    settlement = layer("public", "zone_map", "Classes")
    settlement.setRenderer(categories("class", [("urban", "#8b1e3f", "urban"), ("peri_urban", "#e0a458", "peri-urban"), ("rural", "#c7d9a7", "rural")], "#d9d9d6"))
    areas = layer("public", "functional_area", "Functional areas")
    areas.setRenderer(QgsSingleSymbolRenderer(fill("#ffffff", "#2b3a55", "0.9", "no")))
    flows = layer("public", "desire_line", "Moves, towards the gainer")
    line = QgsLineSymbol.createSimple({})
    arrow = QgsArrowSymbolLayer.create({"arrow_width": "0.6", "arrow_start_width": "0.3", "head_length": "1.6", "head_thickness": "1.1", "is_curved": "0", "head_type": "0"})
    arrow.setSubSymbol(fill("#2b3a55", "#ffffff", "0.1"))
    arrow.setDataDefinedProperty(QgsSymbolLayer.PropertyArrowWidth, QgsProperty.fromExpression('0.3 + 2.2 * sqrt("moves" / maximum("moves"))'))
    arrow.setDataDefinedProperty(QgsSymbolLayer.PropertyArrowStartWidth, QgsProperty.fromExpression('0.1 + 0.8 * sqrt("moves" / maximum("moves"))'))
    arrow.setDataDefinedProperty(QgsSymbolLayer.PropertyArrowHeadLength, QgsProperty.fromExpression('1.2 + 2 * sqrt("moves" / maximum("moves"))'))
    arrow.setDataDefinedProperty(QgsSymbolLayer.PropertyArrowHeadThickness, QgsProperty.fromExpression('0.9 + 1.6 * sqrt("moves" / maximum("moves"))'))
    arrow.subSymbol().symbolLayer(0).setDataDefinedProperty(QgsSymbolLayer.PropertyFillColor,
        QgsProperty.fromExpression("color_rgba(43, 58, 85, 90 + 165 * min(1, 4 * \"imbalance\"))"))
    line.changeSymbolLayer(0, arrow)
    flows.setRenderer(QgsSingleSymbolRenderer(line))
    for made, name in ((signal, "signal"), (settlement, "settlement"), (flows, "flow")):
        made.saveNamedStyle(os.path.join(folder, name + ".qml"))
    project.layerTreeRoot().findLayer(settlement.id()).setItemVisibilityChecked(False)
    file = os.path.join(folder, "territory.qgs")
    project.write(file)
    with open(file, encoding="utf-8") as made: # nobody's name and no date
        text = re.sub(r' save(User|UserFull|DateTime)="[^"]*"', "", made.read())
    with open(file, "w", encoding="utf-8") as made:
        made.write(text)


if "--write" in sys.argv:
    write()
    project.clear()
project.read(os.path.join(folder, "territory.qgs"))
shown = [node.layer() for node in project.layerTreeRoot().findLayers()]
for found in shown:
    print("layer:", found.name(), found.isValid(), found.featureCount(), found.crs().authid(), type(found.renderer()).__name__)
for name, title in (("signal", "Lights"), ("settlement", "Classes"), ("flow", "Moves, towards the gainer")):
    found = project.mapLayersByName(title)[0]
    print("style:", name, *found.loadNamedStyle(os.path.join(folder, name + ".qml"))[1:])


def drawn(layers, width, height):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(width, height))
    settings.setBackgroundColor(QColor("#f4f6f8"))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    box = project.mapLayersByName("Functional areas")[0].extent()
    box.grow(0.15)
    settings.setExtent(box)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def panel(painter, left, title, layers, legend):
    """One style by itself, with its name above and its legend below"""
    painter.drawImage(left, 50, drawn(layers, 500, 560))
    painter.setFont(QFont("DejaVu Sans", 13, QFont.Bold))
    painter.setPen(QColor("#1d2b30"))
    painter.drawText(left + 16, 34, title)
    painter.setFont(QFont("DejaVu Sans", 10))
    at = left + 16
    for colour, label in legend:
        painter.fillRect(at, 622, 14, 14, QColor(colour))
        painter.drawText(at + 20, 634, label)
        at += 34 + painter.fontMetrics().horizontalAdvance(label)


def legend(found):
    return [(c.symbol().color().name(), c.label()) for c in found.renderer().categories() if c.label() != "no figure"]


image = drawn([found for found in shown if project.layerTreeRoot().findLayer(found.id()).isVisible()], 900, 1000)
image.save(picture)
print("colours:", len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}))
lights, classes, areas, moves = (project.mapLayersByName(title)[0] for title in ("Lights", "Classes", "Functional areas", "Moves, towards the gainer"))
sheet = QImage(1500, 660, QImage.Format_RGB32)
sheet.fill(QColor("#f4f6f8"))
painter = QPainter(sheet)
panel(painter, 0, "signal.qml", [lights], legend(lights))
panel(painter, 500, "settlement.qml", [classes], legend(classes))
ground = areas.clone()
ground.setRenderer(QgsSingleSymbolRenderer(fill("#e4e2da", "#2b3a55", "0.5")))
panel(painter, 1000, "flow.qml", [moves, ground], [("#aab0bd", "cancels out"), ("#2b3a55", "a loss; the outlines: functional areas")])
painter.end()
sheet.save(os.path.join(os.path.dirname(picture), "styles.png"))
print("panels:", len({sheet.pixel(x, y) for x in range(0, 1500, 3) for y in range(60, 600, 3)}))
print("versions: QGIS", Qgis.QGIS_VERSION)
