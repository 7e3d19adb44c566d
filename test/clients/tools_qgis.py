import os
from qgis.core import Qgis, QgsApplication, QgsDataSourceUri, QgsVectorLayer, QgsWkbTypes
app = QgsApplication([], False)
app.initQgis()
def layer(schema, table, geometry, key):
    uri = QgsDataSourceUri()
    uri.setConnection(os.environ["PGHOST"], "5432", os.environ["PGDATABASE"], os.environ["PGUSER"], "")
    uri.setDataSource(schema, table, geometry, "", key)
    return QgsVectorLayer(uri.uri(False), table, "postgres")
net = layer("public", "net_migration", "geom", "id")
print("QGIS layer:", net.isValid(), net.featureCount(), QgsWkbTypes.displayString(net.wkbType()), net.crs().authid())
print("QGIS fields:", *[f.name() for f in net.fields()])
raw = layer("public", "composite_by_year", None, "year")
print("QGIS composite:", *[f.name() for f in raw.fields()])
print("versions: QGIS", Qgis.QGIS_VERSION)
