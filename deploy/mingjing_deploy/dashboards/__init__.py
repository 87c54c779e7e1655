"""Dashboards of the operators as code: `python -m mingjing_deploy.dashboards` writes their JSON.

Needs grafana-foundation-sdk, which is there for developers alone: nothing else of
`mingjing_deploy` may import this package.
"""
