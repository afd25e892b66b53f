"""The record in the shape of Google's Fact Check Tools API, for programs written against that.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
What it says to a program is in English, as Google's is (google.rpc.Status, "message").
"""
